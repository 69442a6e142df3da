package dev.heddle.gateway;

import dev.heddle.broker.BrokerUnavailable;
import dev.heddle.channel.Identity;
import dev.heddle.channel.Party;
import dev.heddle.frame.CloseCode;
import dev.heddle.gateway.JoinedChannels.Begun;
import dev.heddle.hub.DeflatedForm;
import dev.heddle.hub.Form;
import dev.heddle.outbox.OutboxContext;
import dev.heddle.outbox.Transport;
import dev.heddle.session.ClientSession;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Set;

/// A client that a service may put into channels.
///
/// **Thread-safe** as a [Party]; the rest is for the connection's thread.
abstract class JoiningSession extends ClientSession implements Party {
    final ServedRoute route;

    /// Made when the service first speaks of channels: for many clients it never does. The
    /// connection's thread's alone.
    private @Nullable JoinedChannels joined;

    JoiningSession(ServedRoute route, Transport transport, OutboxContext outboxes) {
        super(transport, outboxes);
        this.route = route;
    }

    final long id() {
        return outbox().transport().id();
    }

    @Override
    public final String name() {
        return route.callees().name(id());
    }

    @Override
    public final Form channelForm() {
        return DeflatedForm.unlessPlain(DataForm.DATA, outbox().compression());
    }

    @Override
    public final boolean isTaking() {
        return outbox().isTaking();
    }

    /// The client's protocol has no words for it, so it has to come back.
    @Override
    public final void lost(String channel) {
        closeAsSlowConsumer();
    }

    /// Notes the channels that the client is in from the beginning.
    final void joinOnceOpened(Set<String> channels) {
        joined = newJoined(channels);
    }

    private JoinedChannels newJoined(Set<String> first) {
        String user = user();
        Identity identity = new Identity(user == null ? name() : user, null);
        return new JoinedChannels(route.channels(), this, identity, first);
    }

    /// Puts the client into the channels that it is in from the beginning. It gets nothing before
    /// the answer to its handshake, for which this thread is needed.
    final void joinFirst() {
        JoinedChannels toJoin = joined;
        if (toJoin == null) {
            return;
        }
        try {
            List<Begun> begun = toJoin.joinFirst();
            Thread.ofVirtual().name("heddle-join").start(() -> begin(begun));
        } catch (BrokerUnavailable later) {
            close(CloseCode.TRY_AGAIN_LATER, "channels are unavailable");
        }
    }

    /// Whether the client could be where a change puts it.
    final boolean isPossible(ChannelChange change) {
        return change.isNone()
                || route.channels().exist(change.join()) && joined().hasRoomFor(change);
    }

    private JoinedChannels joined() {
        JoinedChannels made = joined;
        if (made == null) {
            made = newJoined(Set.of());
            joined = made;
        }
        return made;
    }

    /// As [JoinedChannels#change].
    final List<Begun> change(ChannelChange change) {
        return change.isNone() ? List.of() : joined().change(change);
    }

    /// Lets subscriptions begin. Blocks while the client does not take what they have held back. A
    /// client for which that became too much has to come back.
    final void begin(List<Begun> begun) {
        if (!begun.stream().allMatch(Begun::begin)) {
            closeAsSlowConsumer();
        }
    }

    /// Takes the client out of all channels. Never blocks.
    final void leaveAll() {
        if (joined != null) {
            joined.leaveAll();
        }
    }
}

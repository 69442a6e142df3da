package dev.heddle.acc;

import dev.heddle.acc.wire.ChannelData;
import dev.heddle.acc.wire.Code;
import dev.heddle.acc.wire.Command;
import dev.heddle.acc.wire.Pushes;
import dev.heddle.acc.wire.Reply;
import dev.heddle.broker.Broker.Published;
import dev.heddle.broker.History;
import dev.heddle.broker.Message;
import dev.heddle.broker.Position;
import dev.heddle.broker.Range;
import dev.heddle.channel.ChannelName;
import dev.heddle.channel.Channels;
import dev.heddle.channel.Counts;
import dev.heddle.channel.Subscription;
import dev.heddle.config.ChannelRule;
import dev.heddle.config.ChannelRule.Who;
import dev.heddle.user.Member;
import dev.heddle.user.Presence;
import dev.heddle.user.Rooms;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Function;

/// Handles the commands about channels. Threads as in [Handlers].
final class ChannelHandlers {
    /// Publications of a history, if nothing is said of how many.
    private static final int USUAL_LIMIT = 100;

    private final AccContext context;
    private final Channels channels;

    ChannelHandlers(AccContext context) {
        this.context = context;
        this.channels = context.channels();
    }

    Reply subscribe(AccSession from, Command.Subscribe asked) {
        Reply refusal = readRefusal(from, asked.channel());
        if (refusal != null) {
            return refusal;
        }
        Optional<ChannelData.Subscribed> portion = portion(from, asked);
        if (portion.isPresent()) {
            return Reply.ok(portion.get());
        }
        Optional<Subscription> begun = from.subscriptions().begin(asked.channel());
        if (begun.isEmpty()) {
            return refused("too many subscriptions", "订阅过多");
        }
        Subscription subscription = begun.get();
        try {
            ChannelData.Subscribed data = Missed.by(asked).beginning(channels, asked.channel());
            Subscriptions subscriptions = from.subscriptions();
            subscriptions.afterReply(() -> subscriptions.begin(subscription, data.offset()));
            return Reply.ok(data);
        } catch (RuntimeException | Error failed) {
            from.subscriptions().end(subscription);
            throw failed;
        }
    }

    /// The portion that a client gets before its subscription begins; empty if the rest fits one
    /// portion. An earlier subscription of the connection goes on meanwhile. Publications that come
    /// while the last portion is made belong to it, over the limit if need be: so a client that
    /// reads as fast as others publish catches up. reads as fast as others publish gets there.
    private Optional<ChannelData.Subscribed> portion(AccSession from, Command.Subscribe asked) {
        if (asked.limit().isEmpty()) {
            return Optional.empty();
        }
        History portion =
                channels.history(asked.channel(), Missed.by(asked).range())
                        .portion(asked.limit().getAsInt(), from.portionBytes());
        return portion.hasMore()
                ? Optional.of(
                        new ChannelData.Subscribed(
                                asked.channel(),
                                portion.position().epoch(),
                                portion.publications().getLast().offset(),
                                asked.recover().isPresent() ? true : null,
                                true,
                                Pushes.published(portion)))
                : Optional.empty();
    }

    Reply unsubscribe(AccSession from, Command.Unsubscribe asked) {
        if (from.member() == null) {
            return Reply.of(Code.NOT_LOGGED_IN);
        }
        return from.subscriptions().end(asked.channel())
                ? Reply.ok()
                : refused("not subscribed", "未订阅");
    }

    Reply publish(AccSession from, Command.Publish asked) {
        Reply refusal = refusal(from, asked.channel(), ChannelRule::publish);
        if (refusal != null) {
            return refusal;
        }
        if (asked.id().getBytes(StandardCharsets.UTF_8).length > Message.MAX_ID_BYTES) {
            return Reply.of(Code.BAD_PARAMETER);
        }
        String user = from.requireMember().userId();
        String id = asked.id().isEmpty() ? null : asked.id();
        Message message = new Message(asked.data().text(), user, id, user);
        Published published = channels.publish(asked.channel(), message, id != null);
        return switch (published.outcome()) {
            case DELIVERED -> Reply.ok(placed(asked.channel(), published.position(), null));
            case DUPLICATE -> Reply.ok(placed(asked.channel(), published.position(), true));
            case ID_TAKEN -> refused("the id was used for other data", "该ID已用于其他数据");
            case REFUSED -> refused("the server is stopping", "服务正在停止");
        };
    }

    private static ChannelData.Position placed(
            String channel, Position position, @Nullable Boolean duplicate) {
        return new ChannelData.Position(channel, position.epoch(), position.offset(), duplicate);
    }

    Reply history(AccSession from, Command.History asked) {
        Reply refusal = readRefusal(from, asked.channel());
        if (refusal != null) {
            return refusal;
        }
        int limit = asked.limit().orElse(USUAL_LIMIT);
        History history =
                channels.history(
                        asked.channel(),
                        asked.since()
                                .<Range>map(since -> new Range.After(position(since), limit))
                                .orElse(new Range.Newest(limit)));
        if (!history.isWhole()) {
            return new Reply(
                    Code.NO_DATA,
                    context.language().choose("the history does not reach back to it", "历史已丢失"),
                    null);
        }
        boolean isPortion = asked.limit().isPresent();
        History portion = isPortion ? history.portion(limit, from.portionBytes()) : history;
        ChannelData.History reply = Pushes.history(asked.channel(), portion);
        return Reply.ok(portion.hasMore() ? reply.andMore() : reply);
    }

    Reply presence(AccSession from, Command.Presence asked) {
        Reply refusal = refusal(from, asked.channel(), ChannelRule::presence);
        return refusal != null
                ? refusal
                : Reply.ok(
                        new ChannelData.Presence(
                                asked.channel(), Pushes.present(channels, asked.channel())));
    }

    Reply presenceStats(AccSession from, Command.PresenceStats asked) {
        Reply refusal = refusal(from, asked.channel(), ChannelRule::presence);
        if (refusal != null) {
            return refusal;
        }
        Counts counts = channels.counts(asked.channel());
        return Reply.ok(
                new ChannelData.PresenceStats(
                        asked.channel(), counts.connections(), counts.users()));
    }

    /// Why somebody may not subscribe, or read the history; `null` if they may, and be it because a
    /// backend or the token has subscribed them.
    private @Nullable Reply readRefusal(AccSession from, String channel) {
        boolean isSubscribed = from.member() != null && from.subscriptions().has(channel);
        return isSubscribed ? null : refusal(from, channel, ChannelRule::subscribe);
    }

    /// Why somebody may not do what those may do; `null` if they may.
    private @Nullable Reply refusal(
            AccSession from, String channel, Function<ChannelRule, Who> what) {
        Member member = from.member();
        if (member == null) {
            return Reply.of(Code.NOT_LOGGED_IN);
        }
        if (!ChannelName.isValid(channel)) {
            return Reply.of(Code.BAD_PARAMETER);
        }
        ChannelRule rule = channels.rule(channel);
        boolean isSubscribed =
                from.subscriptions().has(channel)
                        || (member.roomId() != Presence.NO_ROOM
                                && Rooms.channelOf(member.roomId()).equals(channel));
        boolean isPermitted =
                rule.permits(what.apply(rule), channel, member.userId(), isSubscribed)
                        && context.rooms().mayRead(channel, from.subscriptions().allowedRooms());
        return isPermitted ? null : Reply.of(Code.NOT_AUTHORIZED);
    }

    private Reply refused(String english, String chinese) {
        return new Reply(Code.OPERATION_FAILED, context.language().choose(english, chinese), null);
    }

    private static Position position(Command.Recover asked) {
        return new Position(asked.epoch(), asked.offset());
    }
}

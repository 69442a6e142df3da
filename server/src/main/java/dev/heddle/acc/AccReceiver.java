package dev.heddle.acc;

import dev.heddle.acc.wire.AccForm;
import dev.heddle.acc.wire.Pushes;
import dev.heddle.frame.EncodedFrame;
import dev.heddle.hub.DeflatedForm;
import dev.heddle.hub.Form;
import dev.heddle.hub.Rendering;
import dev.heddle.outbox.OutboxContext;
import dev.heddle.outbox.Transport;
import dev.heddle.session.ClientSession;
import dev.heddle.user.Client;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/// How facts and frames reach a client of `/acc`, and how long they may wait for it.
/// **Thread-safe.**
abstract class AccReceiver extends ClientSession implements Client {
    AccReceiver(Transport transport, OutboxContext outboxes) {
        super(transport, outboxes);
    }

    final Transport transport() {
        return outbox().transport();
    }

    /// The number of the connection, on this node.
    final long id() {
        return transport().id();
    }

    @Override
    public boolean isTaking() {
        return outbox().isTaking();
    }

    @Override
    public Form channelForm() {
        return DeflatedForm.unlessPlain(AccForm.CHANNEL, outbox().compression());
    }

    @Override
    public Form roomForm() {
        return DeflatedForm.unlessPlain(AccForm.ROOM, outbox().compression());
    }

    @Override
    public boolean deliver(Rendering fact, long sinceNanos) {
        return deliverAsIs(inRoomForm(fact), sinceNanos);
    }

    @Override
    public boolean offer(Rendering fact) {
        return offerAsIs(inRoomForm(fact));
    }

    private EncodedFrame inRoomForm(Rendering fact) {
        return Objects.requireNonNull(fact.in(roomForm()));
    }

    /// As [#deliver(Rendering, long)], whatever it is.
    boolean deliver(EncodedFrame frame, long sinceNanos) {
        return deliverAsIs(compressed(frame), sinceNanos);
    }

    /// Tells that a subscription has ended; a client that cannot be told has to come back.
    void tellEnded(String channel, String reason, boolean resubscribe) {
        EncodedFrame push = Pushes.unsubscribed(channel, reason, resubscribe);
        if (!deliver(push, System.nanoTime())) {
            closeAsSlowConsumer();
        }
    }

    private boolean deliverAsIs(EncodedFrame frame, long sinceNanos) {
        long endNanos =
                sinceNanos + TimeUnit.MILLISECONDS.toNanos(outbox().bounds().slowConsumerMillis());
        while (!offerAsIs(frame)) {
            long leftMillis = TimeUnit.NANOSECONDS.toMillis(endNanos - System.nanoTime());
            if (leftMillis <= 0 || !isTaking()) {
                return false;
            }
            awaitRoom(frame.length(), leftMillis);
        }
        return true;
    }

    /// As [#offer(Rendering)], whatever it is.
    boolean offer(EncodedFrame frame) {
        return offerAsIs(compressed(frame));
    }

    private boolean offerAsIs(EncodedFrame frame) {
        return isTaking() && offerAll(List.of(frame), 0) == 1;
    }
}

package dev.heddle.net;

import dev.heddle.outbox.Outbox;
import dev.heddle.outbox.QueuedBytes;
import dev.heddle.outbox.Transport;
import dev.heddle.session.ClientSession;
import dev.heddle.telemetry.Addresses;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Makes room when all outboxes together hold more than they may: ends the connections of peers
/// that have taken nothing for a second, of the addresses that hold most those that hold most, an
/// eighth of them at each look. Peers that take something are left alone, however slow they are.
///
/// Such a peer would not read a Close frame either, so that its connection is aborted.
///
/// Looks on the wheel's thread, and at the connections only when too much waits.
public final class FullOutboxes extends TimingWheel.Entry {
    private static final int LOOK_MILLIS = 250;
    private static final int STANDSTILL_MILLIS = 1000;

    private final TimingWheel wheel;
    private final QueuedBytes queued;

    /// The frames that wait for one peer which takes nothing.
    ///
    /// @param end ends its connection
    record Waiting(Runnable end, InetAddress address, int bytes) {
        private static Waiting of(ClientSession session) {
            Transport transport = session.outbox().transport();
            Runnable end =
                    () -> {
                        session.closeAsSlowConsumer();
                        transport.abort();
                    };
            InetAddress address = Addresses.network(transport.address().getAddress());
            return new Waiting(end, address, session.outbox().heldBytes());
        }
    }

    /// @param queued the bytes that wait in all outboxes
    public FullOutboxes(TimingWheel wheel, QueuedBytes queued) {
        this.wheel = wheel;
        this.queued = queued;
    }

    /// Starts to look at the outboxes.
    public void watch() {
        wheel.schedule(this, LOOK_MILLIS);
    }

    @Override
    int visit(int nowMillis) {
        if (queued.excess() > 0) {
            first(stalled(nowMillis)).forEach(it -> it.end.run());
        }
        queued.wakeIfRoom();
        return LOOK_MILLIS;
    }

    /// The peers to end: an eighth of them, of the addresses that hold most those that hold most.
    static List<Waiting> first(List<Waiting> stalled) {
        Map<InetAddress, Long> ofAddresses = new HashMap<>();
        stalled.forEach(it -> ofAddresses.merge(it.address, (long) it.bytes, Long::sum));
        Comparator<Waiting> bySize =
                Comparator.<Waiting>comparingLong(it -> ofAddresses.getOrDefault(it.address, 0L))
                        .thenComparingLong(Waiting::bytes);
        return stalled.stream().sorted(bySize.reversed()).limit(stalled.size() / 8 + 1).toList();
    }

    private List<Waiting> stalled(int nowMillis) {
        List<Waiting> stalled = new ArrayList<>();
        wheel.forEach(
                entry -> {
                    ClientSession session =
                            entry instanceof Connection connection ? connection.session() : null;
                    if (session != null && isStalled(session.outbox(), nowMillis)) {
                        stalled.add(Waiting.of(session));
                    }
                });
        return stalled;
    }

    private static boolean isStalled(Outbox outbox, int nowMillis) {
        int started = outbox.writeStartedMillis();
        return started != 0 && nowMillis - started >= STANDSTILL_MILLIS;
    }
}

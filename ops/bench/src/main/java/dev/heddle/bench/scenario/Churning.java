package dev.heddle.bench.scenario;

import dev.heddle.bench.engine.Count;
import dev.heddle.bench.engine.Failure;
import dev.heddle.bench.engine.WebSocket;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Opens connections at a rate and closes each as soon as it is open. Times count from when a
/// connection was due.
final class Churning extends Job {
    private static final long TURN_NANOS = 10_000_000;

    private final Pace pace;
    private final long timeNanos;
    private final long closeWaitNanos;
    private final double perSecond;
    private final Set<WebSocket> alive = new HashSet<>();
    private long begunNanos;

    Churning(Site site, Scenario.Churn scenario) {
        super(site, scenario, 0);
        this.perSecond = share.of(scenario.rate());
        this.pace = new Pace(perSecond);
        this.timeNanos = (long) (scenario.time() * 1e9);
        this.closeWaitNanos = (long) (scenario.closeWait() * 1e9);
        recorder.main("lifetime");
    }

    @Override
    public void begin(long now) {
        begunNanos = now;
        pace.begin(now);
    }

    @Override
    public long work(long now) {
        while (pace.isDue(now) && pace.dueNanos() - begunNanos < timeNanos) {
            WebSocket socket = new WebSocket(loop, (int) pace.count(), this);
            alive.add(socket);
            dialer.openAt(pace.dueNanos(), socket);
            pace.next();
        }
        return Math.clamp(pace.dueNanos() - now, 0, Math.min(TURN_NANOS, dialer.work(now)));
    }

    @Override
    public boolean isDone(long now) {
        long overNanos = now - begunNanos - timeNanos;
        return overNanos > 0 && (alive.isEmpty() || overNanos > closeWaitNanos);
    }

    @Override
    public void opened(WebSocket socket, long now) {
        super.opened(socket, now);
        beginClosing(socket);
    }

    @Override
    public void failed(WebSocket socket, Failure failure, long now) {
        super.failed(socket, failure, now);
        alive.remove(socket);
    }

    @Override
    public void message(WebSocket socket, byte[] bytes, int at, int length, long now) {
        tally.add(Count.UNEXPECTED);
    }

    @Override
    public void closed(WebSocket socket, long now) {
        alive.remove(socket);
        tally.add(Count.OPS);
        recorder.op(now - begun(socket));
    }

    /// Ends what is left: in the closing handshake, or not even open.
    @Override
    public void finish() {
        long now = System.nanoTime();
        for (WebSocket socket : List.copyOf(alive)) {
            if (socket.isClosing()) {
                socket.stopClosing();
            } else {
                socket.timeOut(now);
            }
        }
        alive.clear();
    }

    @Override
    protected long begun(WebSocket socket) {
        return begunNanos + (long) (socket.index() * 1e9 / perSecond);
    }
}

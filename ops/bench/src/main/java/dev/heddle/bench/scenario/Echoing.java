package dev.heddle.bench.scenario;

import dev.heddle.bench.engine.Arrivals;
import dev.heddle.bench.engine.Count;
import dev.heddle.bench.engine.Payload;
import dev.heddle.bench.engine.Stamp;
import dev.heddle.bench.engine.WebSocket;

import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/// Sends and waits for what comes back: as soon as it has come (closed loop), or at a rate whatever
/// comes (open loop). At a rate the stamp says when the message was due, so a server or client that
/// is late shows in the latency (coordinated omission).
final class Echoing extends Job {
    private static final long TURN_NANOS = 10_000_000;
    private static final long LAST_ECHOES_NANOS = 2_000_000_000;

    private enum Phase {
        IDLE,
        WARMING_UP,
        MEASURING,
        STOPPED
    }

    private final Scenario.Echo scenario;
    private final Payload payload;
    private final Arrivals arrivals;
    private final Histogram lags;
    private final int[] sent;
    private final Pace pace;
    private Phase phase = Phase.IDLE;
    private long stoppedNanos;
    private int outstanding;
    private int next;

    Echoing(Site site, Scenario.Echo scenario) {
        super(site, scenario, site.share().of(scenario.connections()));
        this.scenario = scenario;
        this.payload = new Payload(scenario.bytes());
        this.arrivals = new Arrivals(sockets().length, tally);
        recorder.main("echo");
        this.lags = recorder.histogram("sendLag");
        this.sent = new int[sockets().length];
        this.pace = new Pace(share.of(scenario.rate()));
    }

    @Override
    public void begin(long now) {
        phase = Phase.WARMING_UP;
        if (isOpenLoop()) {
            pace.begin(now);
            return;
        }
        for (int depth = 0; depth < scenario.depth(); depth++) {
            for (WebSocket socket : sockets()) {
                if (socket.isOpen()) {
                    send(socket, System.nanoTime());
                }
            }
        }
    }

    @Override
    public long work(long now) {
        if (!isOpenLoop() || phase == Phase.STOPPED) {
            return TURN_NANOS;
        }
        while (pace.isDue(now)) {
            WebSocket socket = nextWritable();
            if (socket == null) {
                return TURN_NANOS;
            }
            Recorder.record(lags, now - pace.dueNanos());
            send(socket, pace.dueNanos());
            pace.next();
        }
        return Math.min(TURN_NANOS, pace.dueNanos() - now);
    }

    @Override
    public void message(WebSocket socket, byte[] bytes, int at, int length, long now) {
        if (phase == Phase.IDLE) {
            tally.add(Count.UNEXPECTED);
            return;
        }
        int index = socket.index();
        if (!payload.isAt(bytes, at, length) || Stamp.sender(bytes, at) != index) {
            tally.add(Count.CORRUPTED);
            return;
        }
        int number = Stamp.number(bytes, at);
        if (number >= sent[index]) {
            tally.add(Count.UNEXPECTED);
            return;
        }
        if (!arrivals.add(index, number)) {
            return;
        }
        outstanding--;
        if (phase == Phase.MEASURING) {
            tally.add(Count.OPS);
            recorder.op(Stamp.age(bytes, at, now));
        }
        if (phase != Phase.STOPPED && !isOpenLoop()) {
            send(socket, now);
        }
    }

    @Override
    public void ended(WebSocket socket, long now) {
        super.ended(socket, now);
        outstanding -= sent[socket.index()] - arrivals.got(socket.index());
    }

    @Override
    public void measure(long now) {
        phase = Phase.MEASURING;
    }

    @Override
    public void stop(long now) {
        phase = Phase.STOPPED;
        stoppedNanos = now;
    }

    @Override
    public boolean isDone(long now) {
        return phase == Phase.STOPPED
                && (outstanding <= 0 || now - stoppedNanos > LAST_ECHOES_NANOS);
    }

    @Override
    public void finish() {
        for (int i = 0; i < sent.length; i++) {
            arrivals.countLost(i, sent[i]);
        }
    }

    private boolean isOpenLoop() {
        return scenario.rate() > 0;
    }

    private void send(WebSocket socket, long stampNanos) {
        socket.send(payload, sent[socket.index()]++, stampNanos);
        outstanding++;
    }

    /// The next open connection, in turn, whose socket takes more; null when none does.
    private @Nullable WebSocket nextWritable() {
        WebSocket[] all = sockets();
        for (int tries = 0; tries < all.length; tries++) {
            WebSocket socket = all[next];
            next = next + 1 == all.length ? 0 : next + 1;
            if (socket.isOpen() && socket.isWritten()) {
                return socket;
            }
        }
        return null;
    }
}

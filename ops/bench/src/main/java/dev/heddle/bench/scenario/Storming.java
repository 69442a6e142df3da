package dev.heddle.bench.scenario;

import dev.heddle.bench.engine.Arrivals;
import dev.heddle.bench.engine.Count;
import dev.heddle.bench.engine.Failure;
import dev.heddle.bench.engine.Payload;
import dev.heddle.bench.engine.Stamp;
import dev.heddle.bench.engine.WebSocket;

import org.HdrHistogram.Histogram;

import java.util.random.RandomGenerator;

/// Drops all but the bystanders at once and has them come back, again and again until each is. The
/// bystanders, who have the highest indexes, send pings before and meanwhile.
final class Storming extends Job {
    private static final long TURN_NANOS = 10_000_000;
    private static final double PATIENCE_SECONDS = 1;
    private static final long LAST_PONGS_NANOS = 2_000_000_000;

    private final Scenario.Storm scenario;
    private final RandomGenerator random = RandomGenerator.getDefault();
    private final Payload stampOnly = new Payload(Stamp.BYTES);
    private final Histogram pingsBefore;
    private final Histogram pingsDuring;
    private final Arrivals pongs;
    private final Pace pace;
    private final int returning;
    private final int[] pings;
    private final long[] dueNanos;
    private boolean isStorm;
    private boolean isStopped;
    private boolean isOver;
    private long overNanos;
    private int outstanding;
    private long stormNanos;
    private int nextBystander;

    Storming(Site site, Scenario.Storm scenario) {
        super(
                site,
                scenario,
                site.share().of(scenario.connections()) + site.share().of(scenario.bystanders()));
        this.scenario = scenario;
        this.returning = share.of(scenario.connections());
        recorder.main("comeback");
        this.pingsBefore = recorder.histogram("pingBefore");
        this.pingsDuring = recorder.histogram("pingDuring");
        this.pongs = new Arrivals(sockets().length, tally);
        this.pings = new int[sockets().length];
        this.dueNanos = new long[returning];
        boolean hasBystanders = sockets().length > returning;
        this.pace = new Pace(hasBystanders ? share.of(scenario.pingRate()) : 1);
        this.nextBystander = returning;
    }

    @Override
    public void begin(long now) {
        pace.begin(now);
    }

    /// The storm begins.
    @Override
    public void measure(long now) {
        isStorm = true;
        stormNanos = now;
        recorder.happened("drop", now);
        for (int i = 0; i < returning; i++) {
            WebSocket socket = sockets()[i];
            drop(socket);
            dueNanos[i] = now + (long) (random.nextDouble() * scenario.within() * 1e9);
            dialer.openAt(dueNanos[i], socket);
        }
    }

    @Override
    public void stop(long now) {
        isStopped = true;
    }

    @Override
    public long work(long now) {
        if (isStorm
                && !isOver
                && (dialer.isIdle() || now - stormNanos > scenario.timeout() * 1e9)) {
            isOver = true;
            overNanos = now;
        }
        if (isOver) {
            return TURN_NANOS;
        }
        while (pace.isDue(now)) {
            ping();
            pace.next();
        }
        return Math.clamp(pace.dueNanos() - now, 0, Math.min(TURN_NANOS, dialer.work(now)));
    }

    @Override
    public boolean isDone(long now) {
        return isStopped || isOver && (outstanding <= 0 || now - overNanos > LAST_PONGS_NANOS);
    }

    @Override
    public void opened(WebSocket socket, long now) {
        super.opened(socket, now);
        if (isStorm) {
            tally.add(Count.OPS);
            recorder.op(now - dueNanos[socket.index()]);
            recorder.happened("back", now);
        }
    }

    @Override
    public void failed(WebSocket socket, Failure failure, long now) {
        super.failed(socket, failure, now);
        if (isStorm) {
            tally.add(Count.RETRIED);
            dialer.openAt(now + (long) (waitSeconds(failure) * 1e9), socket);
        }
    }

    @Override
    public void ended(WebSocket socket, long now) {
        super.ended(socket, now);
        outstanding -= pings[socket.index()] - pongs.got(socket.index());
    }

    @Override
    public void message(WebSocket socket, byte[] bytes, int at, int length, long now) {
        tally.add(Count.UNEXPECTED);
    }

    @Override
    public void pong(WebSocket socket, byte[] bytes, int at, int length, long now) {
        if (!stampOnly.isAt(bytes, at, length)
                || Stamp.number(bytes, at) >= pings[socket.index()]) {
            tally.add(Count.CORRUPTED);
        } else if (pongs.add(socket.index(), Stamp.number(bytes, at))) {
            outstanding--;
            Recorder.record(isStorm ? pingsDuring : pingsBefore, Stamp.age(bytes, at, now));
        }
    }

    @Override
    public void finish() {
        for (int i = 0; i < sockets().length; i++) {
            if (i < returning) {
                tally.add(Count.NOT_BACK, sockets()[i].isOpen() ? 0 : 1);
            } else {
                pongs.countLost(i, pings[i]);
            }
        }
    }

    /// As long as the server asked for; otherwise about a second, not all the same.
    private double waitSeconds(Failure failure) {
        if (failure instanceof Failure.Refused refused && refused.retryAfterSeconds() > 0) {
            return refused.retryAfterSeconds();
        }
        return PATIENCE_SECONDS * (0.5 + random.nextDouble());
    }

    private void ping() {
        if (sockets().length == returning) {
            return;
        }
        WebSocket socket = sockets()[nextBystander];
        nextBystander = nextBystander + 1 == sockets().length ? returning : nextBystander + 1;
        if (socket.isOpen()) {
            outstanding++;
            socket.ping(stampOnly, pings[socket.index()]++, pace.dueNanos());
        }
    }
}

package dev.heddle.bench.scenario;

import dev.heddle.bench.engine.Count;
import dev.heddle.bench.engine.Dialer;
import dev.heddle.bench.engine.Events;
import dev.heddle.bench.engine.Failure;
import dev.heddle.bench.engine.Loop;
import dev.heddle.bench.engine.Tally;
import dev.heddle.bench.engine.WebSocket;

import org.HdrHistogram.Histogram;

import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/// One worker's part of a scenario: its connections, and what it does with them. Runs on the
/// worker's loop alone.
///
/// [#connect], [#begin], [#work] until [#isDone], [#close]; the first and the last may be repeated.
public abstract class Job implements Events {
    private static final int KEPT_REASONS = 20;

    /// What all jobs work with.
    protected final Loop loop;

    protected final Tally tally;
    protected final Recorder recorder;
    protected final Share share;
    protected final Dialer dialer;
    private final Histogram handshakes;
    private final WebSocket[] sockets;
    private final Map<String, Long> failures = new TreeMap<>();
    private int open;

    /// @param clients how many connections are this worker's
    @SuppressWarnings("this-escape") // nothing is told before a socket opens
    protected Job(Site site, Scenario scenario, int clients) {
        this.loop = site.loop();
        this.tally = site.tally();
        this.recorder = site.recorder();
        this.share = site.share();
        this.dialer = new Dialer(scenario.inFlight(), loop.handshakeSeconds());
        this.handshakes = recorder.histogram("handshake");
        this.sockets = new WebSocket[clients];
        for (int i = 0; i < clients; i++) {
            sockets[i] = new WebSocket(loop, i, this);
        }
    }

    /// Its connections, by index.
    protected final WebSocket[] sockets() {
        return sockets;
    }

    /// How many connections are open.
    public final int open() {
        return open;
    }

    /// Why connections failed, and how often.
    public final Map<String, Long> failures() {
        return failures;
    }

    /// Begins to open all connections.
    public void connect(long now) {
        recorder.happened("connect", now);
        for (WebSocket socket : sockets) {
            dialer.openAt(now, socket);
        }
    }

    /// Whether each connection has opened or failed.
    public boolean isConnected() {
        return dialer.isIdle();
    }

    /// Goes on with opening connections.
    ///
    /// @return nanoseconds until it wants to be called again
    public final long dial(long now) {
        return dialer.work(now);
    }

    /// Begins the work.
    public abstract void begin(long now);

    /// Does what is due.
    ///
    /// @return nanoseconds until it wants to be called again
    public abstract long work(long now);

    /// Whether the work is over.
    public abstract boolean isDone(long now);

    /// What happens from now on counts.
    public void measure(long now) {}

    /// What happens from now on does not count; the work should end.
    public void stop(long now) {}

    /// All workers have completed the broadcast of that number.
    ///
    /// @param nanos when the last receiver got it
    public void completedByAll(int number, long nanos) {}

    /// Counts what can only be told when the work is over, while connections are still open.
    public void finish() {}

    /// Ends all connections, without a closing handshake unless the scenario is about that.
    public void close(long now) throws IOException {
        for (WebSocket socket : sockets) {
            drop(socket);
        }
        loop.turn(0);
    }

    @Override
    public void opened(WebSocket socket, long now) {
        dialer.finished();
        open++;
        Recorder.record(handshakes, now - begun(socket));
        recorder.happened("connect", now);
    }

    @Override
    public void failed(WebSocket socket, Failure failure, long now) {
        dialer.finished();
        switch (failure) {
            case Failure.Refused(int status, int seconds) -> {
                tally.add(Count.REFUSED);
                addFailure("the server answered " + status);
            }
            case Failure.Broken(String why) -> {
                tally.add(Count.FAILED);
                addFailure(why);
            }
            case Failure.TimedOut() -> {
                tally.add(Count.FAILED);
                tally.add(Count.TIMED_OUT);
                addFailure("the handshake took too long");
            }
        }
    }

    @Override
    public void ended(WebSocket socket, long now) {
        open--;
    }

    /// When the handshake of this socket should be said to have begun.
    protected long begun(WebSocket socket) {
        return socket.begunNanos();
    }

    /// Ends a connection without a closing handshake, or the attempt to open it.
    protected final void drop(WebSocket socket) {
        if (socket.isOpen()) {
            open--;
        }
        socket.drop();
    }

    /// Begins the closing handshake of an open connection.
    protected final void beginClosing(WebSocket socket) {
        open--;
        socket.close();
    }

    private void addFailure(String why) {
        if (failures.size() < KEPT_REASONS || failures.containsKey(why)) {
            failures.merge(why, 1L, Long::sum);
        }
    }
}

package dev.heddle.bench.scenario;

import dev.heddle.bench.engine.Count;
import dev.heddle.bench.engine.WebSocket;

import java.io.IOException;

/// Connections that do nothing, and are closed as RFC 6455 says.
final class Idle extends Job {
    private static final long TURN_NANOS = 5_000_000;

    private final long closeWaitNanos;
    private int closing;

    Idle(Site site, Scenario.Connect scenario) {
        super(site, scenario, site.share().of(scenario.connections()));
        this.closeWaitNanos = (long) (scenario.closeWait() * 1e9);
    }

    @Override
    public void begin(long now) {}

    @Override
    public long work(long now) {
        return 0;
    }

    @Override
    public boolean isDone(long now) {
        return true;
    }

    @Override
    public void message(WebSocket socket, byte[] bytes, int at, int length, long now) {
        tally.add(Count.UNEXPECTED);
    }

    @Override
    public void closed(WebSocket socket, long now) {
        closing--;
    }

    @Override
    public void close(long now) throws IOException {
        for (WebSocket socket : sockets()) {
            if (socket.isOpen()) {
                closing++;
                beginClosing(socket);
            }
        }
        while (closing > 0 && System.nanoTime() - now < closeWaitNanos) {
            loop.turn(TURN_NANOS);
        }
        for (WebSocket socket : sockets()) {
            if (socket.isClosing()) {
                closing--;
                socket.stopClosing();
            }
        }
        loop.turn(0);
    }
}

package dev.heddle.bench.engine;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.PriorityQueue;

/// Opens sockets when they are due, only so many at once, and gives up those that take too long.
public final class Dialer {
    private record Call(long dueNanos, WebSocket socket) {}

    private record Attempt(long begunNanos, WebSocket socket) {}

    private final PriorityQueue<Call> calls =
            new PriorityQueue<>(Comparator.comparingLong(Call::dueNanos));
    private final Deque<Attempt> attempts = new ArrayDeque<>();
    private final int maxInFlight;
    private final long timeoutNanos;
    private int inFlight;

    /// @param maxInFlight how many may be opening at once
    /// @param timeoutSeconds how long one may take
    public Dialer(int maxInFlight, double timeoutSeconds) {
        this.maxInFlight = maxInFlight;
        this.timeoutNanos = (long) (timeoutSeconds * 1e9);
    }

    /// Will open the socket at that time, or as soon after it as there is room.
    public void openAt(long dueNanos, WebSocket socket) {
        calls.add(new Call(dueNanos, socket));
    }

    /// To be told of each socket that has opened or failed.
    public void finished() {
        inFlight--;
    }

    /// Whether nothing is due any more, nor opening.
    public boolean isIdle() {
        return calls.isEmpty() && inFlight == 0;
    }

    /// Opens what is due and gives up what takes too long.
    ///
    /// @return nanoseconds until it wants to be called again; at most 20 ms
    public long work(long now) {
        for (Call call = calls.peek();
                call != null && inFlight < maxInFlight && call.dueNanos <= now;
                call = calls.peek()) {
            calls.remove();
            inFlight++;
            attempts.add(new Attempt(now, call.socket));
            call.socket.open(now);
        }
        giveUp(now);
        Call next = calls.peek();
        boolean waits = next == null || inFlight >= maxInFlight;
        return waits ? 20_000_000 : Math.clamp(next.dueNanos - now, 0, 20_000_000);
    }

    private void giveUp(long now) {
        for (Attempt attempt = attempts.peek(); attempt != null; attempt = attempts.peek()) {
            boolean isThisOpening =
                    attempt.socket.isConnecting()
                            && attempt.socket.begunNanos() == attempt.begunNanos;
            if (isThisOpening && now - attempt.begunNanos < timeoutNanos) {
                return;
            }
            attempts.remove();
            if (isThisOpening) {
                attempt.socket.timeOut(now);
            }
        }
    }
}

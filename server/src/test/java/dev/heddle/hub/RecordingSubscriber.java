package dev.heddle.hub;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.heddle.frame.EncodedFrame;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// A subscriber that remembers what it got, and has room when the test says so. **Thread-safe.**
final class RecordingSubscriber extends Subscriber {
    final AtomicInteger goodbyes = new AtomicInteger();

    final AtomicInteger waits = new AtomicInteger();

    private final List<String> received = new ArrayList<>();
    private final int mostAtOnce;
    private volatile CountDownLatch room = new CountDownLatch(0);
    private volatile Lag lag = Lag.AWAITED;
    private volatile boolean roomCame;
    private volatile boolean faulty;

    RecordingSubscriber() {
        this(Integer.MAX_VALUE);
    }

    /// @param mostAtOnce how many frames it takes from one offer
    RecordingSubscriber(int mostAtOnce) {
        this.mostAtOnce = mostAtOnce;
    }

    /// Takes nothing from now on, until [#makeRoom].
    void fill() {
        room = new CountDownLatch(1);
    }

    void makeRoom() {
        room.countDown();
    }

    /// Whether somebody waited for room until there was some.
    boolean wasWaitedFor() {
        return roomCame;
    }

    /// Takes nothing any more, and has itself dropped.
    void beSlow() {
        lag = Lag.TOO_SLOW;
        fill();
    }

    /// Has no room from now on, and takes more than that once it is set aside.
    void stall() {
        lag = Lag.SET_ASIDE;
        fill();
    }

    /// Throws from now on whatever it is asked.
    void beFaulty() {
        faulty = true;
    }

    synchronized List<String> received() {
        return List.copyOf(received);
    }

    @Override
    public void whenWritten(Runnable action) {
        action.run();
    }

    @Override
    public int offerAll(List<EncodedFrame> frames, int from) {
        failIfFaulty();
        if (room.getCount() > 0) {
            return from;
        }
        int taken = Math.min(mostAtOnce, frames.size() - from);
        synchronized (this) {
            frames.subList(from, from + taken).forEach(frame -> received.add(text(frame)));
        }
        return from + taken;
    }

    @Override
    public void awaitRoom(int bytes, long maxMillis) {
        failIfFaulty();
        waits.incrementAndGet();
        try {
            roomCame |= room.await(maxMillis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public Lag lag() {
        failIfFaulty();
        if (lag == Lag.SET_ASIDE) {
            makeRoom();
        }
        return lag;
    }

    @Override
    public void goAway() {
        goodbyes.incrementAndGet();
        failIfFaulty();
    }

    private void failIfFaulty() {
        if (faulty) {
            throw new IllegalStateException("thrown by a test");
        }
    }

    private static String text(EncodedFrame frame) {
        int header = frame.bytes()[1] < 126 ? 2 : 4;
        return new String(frame.bytes(), header, frame.length() - header, UTF_8);
    }
}

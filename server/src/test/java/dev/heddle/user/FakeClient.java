package dev.heddle.user;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.heddle.acc.wire.AccForm;
import dev.heddle.frame.EncodedFrame;
import dev.heddle.hub.Form;
import dev.heddle.hub.Rendering;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/// A client that remembers what it got, each frame as its text, and takes as much at once as the
/// test says. **Thread-safe.**
public final class FakeClient implements Client {
    /// The code that it was closed with, 0 as long as it is open.
    public final AtomicInteger closeCode = new AtomicInteger();

    /// From when each of the deadlines ran within which it should have taken a frame.
    public final List<Long> waitedSince = new ArrayList<>();

    private final List<EncodedFrame> frames = new ArrayList<>();

    /// Those of the frames that somebody has asked for, from the first on.
    private final List<String> received = new ArrayList<>();

    private final int mostAtOnce;

    public FakeClient() {
        this(Integer.MAX_VALUE);
    }

    /// @param mostAtOnce how many frames it takes from one offer
    public FakeClient(int mostAtOnce) {
        this.mostAtOnce = mostAtOnce;
    }

    public synchronized List<String> received() {
        frames.subList(received.size(), frames.size()).forEach(frame -> received.add(text(frame)));
        return List.copyOf(received);
    }

    @Override
    public void whenWritten(Runnable action) {
        action.run();
    }

    @Override
    public long id() {
        return 1;
    }

    @Override
    public Form channelForm() {
        return AccForm.CHANNEL;
    }

    @Override
    public Form roomForm() {
        return AccForm.ROOM;
    }

    @Override
    public boolean isTaking() {
        return isAlive();
    }

    @Override
    public boolean subscribe(String user, String channel) {
        return false;
    }

    @Override
    public boolean unsubscribe(String user, String channel) {
        return false;
    }

    @Override
    public ConnectionInfo info() {
        return new ConnectionInfo(1, "there:1", Instant.EPOCH, Optional.empty(), 0, isAlive());
    }

    @Override
    public boolean isAlive() {
        return closeCode.get() == 0;
    }

    @Override
    public void close(int code, String reason) {
        closeCode.compareAndSet(0, code);
    }

    @Override
    public boolean deliver(Rendering fact, long sinceNanos) {
        waitedSince.add(sinceNanos);
        return offer(fact);
    }

    @Override
    public boolean offer(Rendering fact) {
        return offerAll(List.of(fact.in(AccForm.ROOM)), 0) == 1;
    }

    @Override
    public synchronized int offerAll(List<EncodedFrame> offered, int from) {
        int end = mostAtOnce < offered.size() - from ? from + mostAtOnce : offered.size();
        frames.addAll(offered.subList(from, end));
        return end;
    }

    @Override
    public void awaitRoom(int bytes, long maxMillis) {}

    @Override
    public boolean endIfTooSlow(int waitedMillis) {
        return false;
    }

    @Override
    public void goAway() {
        close(1001, "");
    }

    static String text(EncodedFrame frame) {
        int header = frame.bytes()[1] < 126 ? 2 : 4;
        return new String(frame.bytes(), header, frame.length() - header, UTF_8);
    }
}

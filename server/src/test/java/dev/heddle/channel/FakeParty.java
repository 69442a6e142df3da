package dev.heddle.channel;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.heddle.acc.wire.AccForm;
import dev.heddle.frame.EncodedFrame;
import dev.heddle.hub.Form;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/// A connection that remembers what it got, each frame as its text. **Thread-safe.**
final class FakeParty implements Party {
    private static final AtomicLong IDS = new AtomicLong();

    private final long id = IDS.incrementAndGet();
    private final List<String> received = new ArrayList<>();
    private int room = Integer.MAX_VALUE;

    /// Lets it take so many more.
    synchronized void makeRoom(int frames) {
        room = frames;
        notifyAll();
    }

    synchronized List<String> received() {
        return List.copyOf(received);
    }

    /// The offsets of the publications that it got.
    List<Long> offsets() {
        return received().stream()
                .filter(text -> text.contains("\"cmd\":\"publication\""))
                .map(text -> Long.valueOf(text.replaceAll(".*\"offset\":(\\d+).*", "$1")))
                .toList();
    }

    /// Who it was told of, as `join ann`.
    List<String> told() {
        return received().stream()
                .map(
                        text ->
                                text.replaceAll(
                                        ".*\"cmd\":\"(\\w+)\".*\"userID\":\"(\\w+)\".*", "$1 $2"))
                .toList();
    }

    @Override
    public void whenWritten(Runnable action) {
        action.run();
    }

    @Override
    public long id() {
        return id;
    }

    @Override
    public Form channelForm() {
        return AccForm.CHANNEL;
    }

    @Override
    public boolean isTaking() {
        return true;
    }

    @Override
    public synchronized int offerAll(List<EncodedFrame> frames, int from) {
        int next = from;
        while (next < frames.size() && room > 0) {
            received.add(text(frames.get(next++)));
            room--;
        }
        return next;
    }

    @Override
    public synchronized void awaitRoom(int bytes, long maxMillis) {
        try {
            while (room == 0) {
                wait(1000);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean endIfTooSlow(int waitedMillis) {
        return false;
    }

    @Override
    public void goAway() {}

    private static String text(EncodedFrame frame) {
        int header = frame.bytes()[1] < 126 ? 2 : frame.bytes()[1] == 126 ? 4 : 10;
        return new String(frame.bytes(), header, frame.length() - header, UTF_8);
    }
}

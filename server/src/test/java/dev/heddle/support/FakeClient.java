package dev.heddle.support;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.heddle.acc.wire.AccForm;
import dev.heddle.frame.EncodedFrame;
import dev.heddle.hub.Form;
import dev.heddle.hub.Lag;
import dev.heddle.hub.Rendering;
import dev.heddle.user.Client;
import dev.heddle.user.ConnectionInfo;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/// A client that remembers what it got, each frame as its text, and takes as much at once and in
/// all as the test says. **Thread-safe.**
public final class FakeClient implements Client {
    private static final AtomicLong IDS = new AtomicLong();

    /// The code that it was closed with, 0 as long as it is open.
    public final AtomicInteger closeCode = new AtomicInteger();

    /// From when each of the deadlines ran within which it should have taken a frame.
    public final List<Long> waitedSince = new ArrayList<>();

    /// The channels in which something was lost for it.
    public final List<String> lost = new ArrayList<>();

    private final List<EncodedFrame> frames = new ArrayList<>();

    /// Those of the frames that somebody has asked for, from the first on.
    private final List<String> received = new ArrayList<>();

    private final long id = IDS.incrementAndGet();
    private final int mostAtOnce;
    private int room = Integer.MAX_VALUE;

    public FakeClient() {
        this(Integer.MAX_VALUE);
    }

    /// @param mostAtOnce how many frames it takes from one offer
    public FakeClient(int mostAtOnce) {
        this.mostAtOnce = mostAtOnce;
    }

    /// Lets it take so many more.
    public synchronized void makeRoom(int more) {
        room = more;
        notifyAll();
    }

    public synchronized List<String> received() {
        frames.subList(received.size(), frames.size()).forEach(frame -> received.add(text(frame)));
        return List.copyOf(received);
    }

    /// The offsets of the publications that it got.
    public List<Long> offsets() {
        return received().stream()
                .filter(text -> text.contains("\"cmd\":\"publication\""))
                .map(text -> Long.valueOf(text.replaceAll(".*\"offset\":(\\d+).*", "$1")))
                .toList();
    }

    /// Who it was told of, as `join ann`.
    public List<String> told() {
        String push = ".*\"cmd\":\"(\\w+)\".*\"userID\":\"(\\w+)\".*";
        return received().stream().map(text -> text.replaceAll(push, "$1 $2")).toList();
    }

    @Override
    public synchronized void lost(String channel) {
        lost.add(channel);
    }

    @Override
    public void whenWritten(Runnable action) {
        action.run();
    }

    @Override
    public String name() {
        return "p-" + id;
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
        return new ConnectionInfo(
                "p-" + id, "there:1", Instant.EPOCH, Optional.empty(), 0, isAlive());
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
        int taken = Math.min(Math.min(mostAtOnce, room), offered.size() - from);
        frames.addAll(offered.subList(from, from + taken));
        room -= taken;
        return from + taken;
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
    public Lag lag() {
        return Lag.AWAITED;
    }

    @Override
    public boolean isSentAway() {
        return false;
    }

    @Override
    public void goAway() {
        close(1001, "");
    }

    public static String text(EncodedFrame frame) {
        int header = frame.bytes()[1] < 126 ? 2 : frame.bytes()[1] == 126 ? 4 : 10;
        return new String(frame.bytes(), header, frame.length() - header, UTF_8);
    }
}

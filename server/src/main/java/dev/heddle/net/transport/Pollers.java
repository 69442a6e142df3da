package dev.heddle.net.transport;

import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// The pollers of this process: one for each processor, and the platform thread that waits for all
/// of them. They live as long as the process.
///
/// The JDK does the same for its own sockets, and for the same reason: a virtual thread that wakes
/// another one costs less than a platform thread that does.
final class Pollers implements Runnable {
    private static volatile @Nullable Pollers started;

    private final Epoll watch = new Epoll();
    private final StreamTable streams = new StreamTable();
    private final List<Poller> pollers = new ArrayList<>();

    private Pollers() throws IOException {
        for (int i = 0; i < Runtime.getRuntime().availableProcessors(); i++) {
            pollers.add(new Poller(i, watch, streams));
        }
    }

    /// Starts the pollers of this process, if nobody has yet.
    static synchronized void start() throws IOException {
        if (started == null) {
            Pollers all = new Pollers();
            started = all;
            Thread.ofPlatform().daemon().name("heddle-poller").start(all);
            all.pollers.forEach(Poller::start);
        }
    }

    /// The pollers of this process.
    static Pollers get() {
        Pollers all = started;
        if (all == null) {
            throw new IllegalStateException("there are no pollers before there is a socket");
        }
        return all;
    }

    /// The streams that may be told of something.
    StreamTable streams() {
        return streams;
    }

    /// The epoll that tells of a descriptor's events.
    Epoll epoll(int fd) {
        return pollers.get(fd % pollers.size()).epoll();
    }

    /// The life of the platform thread, which has no end.
    @Override
    public void run() {
        while (true) {
            try {
                int count = watch.await(-1);
                for (int i = 0; i < count; i++) {
                    pollers.get(watch.number(i)).wake();
                }
            } catch (RuntimeException | Error bug) {
                LoggerFactory.getLogger(Pollers.class).error("the pollers' thread fails", bug);
            }
        }
    }
}

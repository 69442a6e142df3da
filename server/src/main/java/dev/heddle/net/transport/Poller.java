package dev.heddle.net.transport;

import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.util.concurrent.locks.LockSupport;

/// A virtual thread that tells the streams of some descriptors what epoll has seen.
///
/// It never waits inside the kernel, which would keep its carrier: while nothing happens it parks,
/// and the one platform thread of [Pollers], which watches its epoll descriptor, wakes it.
final class Poller implements Runnable {
    private final Epoll epoll = new Epoll();
    private final Epoll watch;
    private final int number;
    private final StreamTable streams;
    private final Thread thread;
    private volatile boolean isAwake = true;

    /// @param number among all pollers
    /// @param watch of the platform thread
    Poller(int number, Epoll watch, StreamTable streams) throws IOException {
        this.number = number;
        this.watch = watch;
        this.streams = streams;
        this.thread = Thread.ofVirtual().name("heddle-poller-" + number).unstarted(this);
        watch.add(epoll.fd(), Epoll.ONCE, number);
    }

    void start() {
        thread.start();
    }

    /// The epoll of this poller.
    Epoll epoll() {
        return epoll;
    }

    /// Something has happened: it goes on. Never blocks.
    void wake() {
        isAwake = true;
        LockSupport.unpark(thread);
    }

    /// The life of the thread, which has no end.
    @Override
    @SuppressWarnings("ThreadPriorityCheck") // who was woken goes first
    public void run() {
        while (true) {
            try {
                int count = epoll.await(0);
                if (count == 0) {
                    rest();
                } else {
                    tell(count);
                    Thread.yield();
                }
            } catch (IOException | RuntimeException | Error bug) {
                LoggerFactory.getLogger(Poller.class).error("a poller fails", bug);
                LockSupport.parkNanos(1_000_000L);
            }
        }
    }

    /// Parks. The platform thread sees at once the events that have come before.
    private void rest() throws IOException {
        isAwake = false;
        watch.change(epoll.fd(), Epoll.IN | Epoll.ONCE, number);
        while (!isAwake) {
            LockSupport.park();
        }
    }

    private void tell(int count) {
        for (int i = 0; i < count; i++) {
            Watched stream = streams.get(epoll.number(i));
            if (stream != null) {
                stream.happened(epoll.mask(i));
            }
        }
    }
}

package dev.heddle.net.transport;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// An epoll descriptor with room for the events that it tells, for one thread that waits.
///
/// An event has a mask and a number that the caller chooses when it registers. The kernel packs it
/// on x86-64 alone.
final class Epoll {
    static final int IN = 1;
    static final int OUT = 4;
    static final int ERROR = 8;
    static final int HANGUP = 0x10;
    static final int PEER_ENDED = 0x2000;

    /// Tells that something has come, and not again that it is still there.
    static final int EDGE = 1 << 31;

    /// Tells once, until it is changed.
    static final int ONCE = 1 << 30;

    private static final int ADD = 1;
    private static final int CHANGE = 3;

    private static final boolean IS_PACKED = System.getProperty("os.arch").equals("amd64");
    private static final int BYTES = IS_PACKED ? 12 : 16;
    private static final int NUMBER_AT = IS_PACKED ? 4 : 8;

    private final int fd;
    private final MemorySegment errno = Arena.ofAuto().allocate(JAVA_INT);
    private final MemorySegment events = Arena.ofAuto().allocate((long) Libc.MAX_EVENTS * BYTES, 8);

    Epoll() throws IOException {
        fd = SocketCalls.epoll();
    }

    int fd() {
        return fd;
    }

    /// Waits for events. The waiting thread alone.
    ///
    /// @param millis for how long; 0 not at all, -1 for ever
    /// @return how many there are; 0 too if a signal has come
    int await(int millis) {
        int count = Libc.epollWait(fd, errno, events, millis);
        if (count < 0 && count != -Libc.EINTR) {
            throw new IllegalStateException("epoll_wait fails: " + -count);
        }
        return Math.max(0, count);
    }

    /// The mask of an event. The waiting thread alone.
    int mask(int index) {
        return events.get(JAVA_INT, (long) index * BYTES);
    }

    /// The number of an event. The waiting thread alone.
    int number(int index) {
        return events.get(JAVA_INT, (long) index * BYTES + NUMBER_AT);
    }

    /// Registers a descriptor; tells at once what is there already. Never blocks.
    void add(int other, int mask, int number) throws IOException {
        SocketCalls.orThrow(Libc.epollControl(fd, ADD, other, event(mask, number)));
    }

    /// Changes what is told of a descriptor; tells at once what is there already. Never blocks.
    void change(int other, int mask, int number) throws IOException {
        SocketCalls.orThrow(Libc.epollControl(fd, CHANGE, other, event(mask, number)));
    }

    private static int[] event(int mask, int number) {
        return IS_PACKED ? new int[] {mask, number, 0} : new int[] {mask, 0, number, 0};
    }
}

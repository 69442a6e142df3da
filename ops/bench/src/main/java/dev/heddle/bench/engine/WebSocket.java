package dev.heddle.bench.engine;

import org.jspecify.annotations.Nullable;

import java.io.ByteArrayOutputStream;
import java.io.IOException;

/// One client. [#open] can be called again once it has ended.
public final class WebSocket extends Connection {
    private static final int NORMAL_CLOSURE = 1000;
    private static final int NO_STATUS_RCVD = 1005;
    private static final int RSV_1 = 0x40;

    private enum State {
        IDLE,
        CONNECTING,
        OPEN,
        CLOSING,
        ENDED
    }

    private final int index;
    private final Events events;
    private State state = State.IDLE;
    private boolean hasCloseFrame;
    private @Nullable Handshake handshake;
    private @Nullable ByteArrayOutputStream fragments;
    // Whether the unfinished message is compressed.
    private boolean areCompressed;
    // What both sides compress with; null when they do not.
    private @Nullable Compression compression;

    /// @param index what tells it apart from the others
    /// @param events who is told what happens to it
    public WebSocket(Loop loop, int index, Events events) {
        super(loop);
        this.index = index;
        this.events = events;
    }

    /// What tells it apart from the others.
    public int index() {
        return index;
    }

    /// Whether messages can be sent.
    public boolean isOpen() {
        return state == State.OPEN;
    }

    /// Whether it has begun to open and is not yet open.
    public boolean isConnecting() {
        return state == State.CONNECTING;
    }

    /// Whether a closing handshake is under way.
    public boolean isClosing() {
        return state == State.CLOSING;
    }

    /// Begins to connect. [Events] tells how it ends, maybe before this returns.
    public void open(long now) {
        state = State.CONNECTING;
        hasCloseFrame = false;
        fragments = null;
        loop.connect(this, now);
    }

    /// Sends a message.
    public void send(Payload payload, int number, long stampNanos) {
        Compression agreed = compression;
        if (agreed == null) {
            write(loop.frames.message(payload, index, number, stampNanos));
        } else {
            long origin = Stamp.origin(index, number);
            int length = agreed.compress(payload, origin, Stamp.time(stampNanos));
            write(loop.frames.compressed(agreed.compressed(), length));
        }
        loop.tally.add(Count.SENT);
    }

    /// Sends a ping whose payload is a stamp; its pong goes to [Events#pong].
    public void ping(Payload stampOnly, int number, long stampNanos) {
        write(loop.frames.ping(stampOnly, index, number, stampNanos));
    }

    /// Begins the closing handshake, with 1000. It goes on until the server has ended the
    /// connection.
    public void close() {
        state = State.CLOSING;
        write(loop.frames.close(NORMAL_CLOSURE));
    }

    /// Ends the connection without a Close frame. Tells nobody.
    public void drop() {
        state = State.ENDED;
        closeSocket();
    }

    /// Gives up a connection that takes too long to open.
    public void timeOut(long now) {
        fail(new Failure.TimedOut(), now);
    }

    /// Gives up waiting for the server's end of a closing handshake, and counts what there was.
    public void stopClosing() {
        loop.tally.add(hasCloseFrame ? Count.CLOSED_CLEANLY : Count.CLOSED_WITHOUT_ANSWER);
        drop();
    }

    @Override
    void connected() {
        Handshake begun = new Handshake(loop.target, loop.random);
        handshake = begun;
        write(begun.request());
    }

    @Override
    int take(byte[] bytes, int from, int to, long now) {
        int at = from;
        if (state == State.CONNECTING) {
            at = takeHandshake(bytes, from, to, now);
        }
        while (state == State.OPEN || state == State.CLOSING) {
            int next = takeFrame(bytes, at, to, now);
            if (next == at) {
                break;
            }
            at = next;
        }
        return at;
    }

    @Override
    void broken(@Nullable IOException why, long now) {
        switch (state) {
            case CONNECTING ->
                    fail(new Failure.Broken(why == null ? "the server hung up" : "" + why), now);
            case OPEN -> {
                loop.tally.add(Count.ENDED);
                end(now);
            }
            case CLOSING -> {
                stopClosing();
                events.closed(this, now);
            }
            case IDLE, ENDED -> closeSocket();
        }
    }

    private void fail(Failure failure, long now) {
        drop();
        handshake = null;
        events.failed(this, failure, now);
    }

    private void end(long now) {
        drop();
        events.ended(this, now);
    }

    private int takeHandshake(byte[] bytes, int from, int to, long now) {
        ResponseHead head = ResponseHead.decode(bytes, from, to);
        Handshake begun = handshake;
        if (head == null || begun == null) {
            return from;
        }
        if (head.isInterim()) {
            return takeHandshake(bytes, from + head.bytes(), to, now);
        }
        handshake = null;
        Failure failure = begun.check(head);
        if (failure != null) {
            fail(failure, now);
            return to;
        }
        boolean compresses = head.header("Sec-WebSocket-Extensions") != null;
        compression = compresses ? loop.compression : null;
        state = State.OPEN;
        loop.tally.add(Count.OPENED);
        events.opened(this, now);
        return from + head.bytes();
    }

    /// Takes the frame at `at`; returns where the next one begins, or `at` when it is not whole.
    private int takeFrame(byte[] bytes, int at, int to, long now) {
        if (to - at < 2) {
            return at;
        }
        int first = bytes[at];
        int second = bytes[at + 1];
        int payloadAt = at + 2;
        long length = second & 0x7f;
        if (length == 126) {
            payloadAt += Short.BYTES;
        } else if (length == 127) {
            payloadAt += Long.BYTES;
        }
        if (payloadAt > to) {
            return at;
        }
        if (length == 126) {
            length = number(bytes, at + 2, Short.BYTES);
        } else if (length == 127) {
            length = number(bytes, at + 2, Long.BYTES);
        }
        if (breaksRules(first, second, length, payloadAt - at)) {
            breakOff(now);
            return at;
        }
        if (length > to - payloadAt) {
            return at;
        }
        if (!hasCloseFrame) {
            handle(first, bytes, payloadAt, (int) length, now);
        }
        return payloadAt + (int) length;
    }

    /// Section 5.2: reserved bits, masks, lengths in their shortest form; section 5.5: control
    /// frames; section 5.4: the order of fragments.
    private boolean breaksRules(int first, int second, long length, int headerBytes) {
        int opcode = first & 0xf;
        boolean isControl = opcode >= FrameWriter.CLOSE;
        boolean isOrderBroken = !isControl && (opcode == 0) != (fragments != null);
        boolean isLong = headerBytes > 2 && length < 126 || headerBytes > 4 && length >>> 16 == 0;
        boolean mayBeCompressed = compression != null && (opcode == 1 || opcode == 2);
        return (first & 0x70 & (mayBeCompressed ? ~RSV_1 : ~0)) != 0
                || second < 0
                || isLong
                || length < 0
                || opcode > FrameWriter.PONG
                || opcode > 2 && !isControl
                || isControl && (first >= 0 || length > 125)
                || isOrderBroken;
    }

    private void breakOff(long now) {
        loop.tally.add(Count.PROTOCOL_ERRORS);
        if (state == State.CLOSING) {
            drop();
            events.closed(this, now);
        } else {
            end(now);
        }
    }

    private void handle(int first, byte[] bytes, int at, int length, long now) {
        int opcode = first & 0xf;
        if (opcode == FrameWriter.CLOSE) {
            handleClose(bytes, at, length, now);
        } else if (opcode == FrameWriter.PING) {
            loop.tally.add(Count.PINGS);
            if (state == State.OPEN) {
                write(loop.frames.pong(bytes, at, length));
            }
        } else if (opcode == FrameWriter.PONG) {
            events.pong(this, bytes, at, length, now);
        } else if (first < 0 && opcode != 0) {
            areCompressed = (first & RSV_1) != 0;
            message(bytes, at, length, now);
        } else {
            addFragment(first, bytes, at, length, now);
        }
    }

    private void addFragment(int first, byte[] bytes, int at, int length, long now) {
        ByteArrayOutputStream soFar = fragments;
        if (soFar == null) {
            soFar = new ByteArrayOutputStream();
            fragments = soFar;
            areCompressed = (first & RSV_1) != 0;
        }
        soFar.write(bytes, at, length);
        if (first < 0) {
            fragments = null;
            message(soFar.toByteArray(), 0, soFar.size(), now);
        }
    }

    private void message(byte[] bytes, int at, int length, long now) {
        Compression agreed = compression;
        if (state != State.OPEN) {
            return;
        }
        if (agreed == null || !areCompressed) {
            events.message(this, bytes, at, length, now);
            return;
        }
        byte[] inflated = agreed.inflate(bytes, at, length);
        if (inflated == null) {
            breakOff(now);
        } else {
            events.message(this, inflated, 0, inflated.length, now);
        }
    }

    private void handleClose(byte[] bytes, int at, int length, long now) {
        hasCloseFrame = true;
        if (state == State.CLOSING) {
            return;
        }
        int code = length < 2 ? NO_STATUS_RCVD : (int) number(bytes, at, Short.BYTES);
        loop.tally.addClose(code);
        write(loop.frames.close(length < 2 ? 0 : code));
        end(now);
    }

    /// The number that so many bytes are, the highest first.
    private static long number(byte[] bytes, int at, int count) {
        long number = 0;
        for (int i = at; i < at + count; i++) {
            number = number << Byte.SIZE | bytes[i] & 0xff;
        }
        return number;
    }
}

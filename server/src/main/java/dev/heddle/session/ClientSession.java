package dev.heddle.session;

import dev.heddle.deflate.Compression;
import dev.heddle.frame.EncodedFrame;
import dev.heddle.frame.ProtocolViolation;
import dev.heddle.hub.DeflatedForm;
import dev.heddle.hub.Form;
import dev.heddle.hub.Lag;
import dev.heddle.message.Incoming;
import dev.heddle.outbox.OutboxContext;
import dev.heddle.outbox.Transport;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// One client, from its opening handshake to the end of its connection.
///
/// **Thread-safe** but for [#open], [#handle] and [#end], which belong to the connection's thread.
public abstract class ClientSession extends ClosableSession {
    /// The connection's thread's alone.
    private int messagesIn;

    /// Makes a session that is not open yet.
    ///
    /// @param transport the client's connection
    /// @param context what the outboxes of the endpoint share
    protected ClientSession(Transport transport, OutboxContext context) {
        super(transport, context);
    }

    /// The client has opened the session; the answer to its handshake is written after this
    /// returns. This and the next two run on the session's own thread and may block: the client
    /// then waits, and nobody else. An exception from them is a bug: it ends that one connection.
    protected abstract void opened();

    /// A message has arrived, whose bytes are lent until this returns.
    protected abstract void message(Incoming.Data message);

    /// The session is over, for whatever reason; called once if [#opened] was.
    protected abstract void closed();

    /// Begins the session: what is published from now on is queued, and written behind the
    /// handshake's response. When the endpoint throws, the session has ended.
    public void open() {
        try {
            opened();
        } catch (RuntimeException | Error bug) {
            endAfter(bug);
            throw bug;
        }
    }

    private void endAfter(Throwable bug) {
        try {
            end();
        } catch (RuntimeException | Error another) {
            bug.addSuppressed(another);
        }
    }

    /// Takes what the client has sent; blocks while the endpoint handles a message.
    ///
    /// @return whether the connection goes on: not after the client's Close frame
    public boolean handle(Incoming incoming) {
        switch (incoming) {
            case Incoming.Data message -> {
                messagesIn++;
                outbox().counters().messagesIn.increment();
                outbox().awaitRoomForReplies();
                if (hasNoClose()) {
                    message(message);
                }
            }
            case Incoming.Ping ping -> outbox().sendPong(EncodedFrame.pong(ping.payload()));
            case Incoming.Pong pong -> {}
            case Incoming.Close close -> {
                answer(close);
                return false;
            }
        }
        return true;
    }

    /// Sends to this client alone, on the calling thread; blocks while the peer does not read.
    public void send(EncodedFrame frame) {
        outbox().send(compressed(frame));
    }

    /// A message as this client takes it: compressed if it inflates.
    protected final EncodedFrame compressed(EncodedFrame message) {
        Compression compression = outbox().compression();
        return compression == null ? message : compression.compress(message);
    }

    @Override
    protected Form form() {
        return DeflatedForm.unlessPlain(Form.RAW, outbox().compression());
    }

    /// Fails the connection as RFC 6455, section 7.1.7, says: a Close frame, then the end. Blocks
    /// until the frame is written or given up.
    public void fail(ProtocolViolation violation) {
        close(violation.closeCode(), violation.reason());
        outbox().awaitFlushed();
    }

    /// Ends the session: the connection is over.
    public void end() {
        outbox().counters().times.outboxAtClose(outbox().waitingBytes());
        outbox().abandon();
        outbox().counters().closed(closeCode(), closeInitiator().equals("server"));
        closed();
    }

    /// Whose answer the connection's thread waits for, or `null`.
    public @Nullable String waitsFor() {
        return null;
    }

    /// Messages from this client so far; wraps around. Another thread may see it a little late.
    public int messagesIn() {
        return messagesIn;
    }

    /// Looks at the deadlines of the endpoint's own, and closes the session when one has passed.
    /// Called by the wheel's thread; **must not block.**
    ///
    /// @param nowMillis the transport's clock
    /// @return how many milliseconds are left until it has to be asked again; more is no promise
    public int visit(int nowMillis) {
        return Integer.MAX_VALUE;
    }

    @Override
    public void whenWritten(Runnable action) {
        outbox().whenWritten(action);
    }

    @Override
    public int offerAll(List<EncodedFrame> frames, int from) {
        return outbox().offerAll(frames, from);
    }

    @Override
    public void awaitRoom(int bytes, long maxMillis) {
        outbox().awaitRoom(bytes, maxMillis);
    }

    @Override
    public Lag lag() {
        if (outbox().isTooSlow()) {
            closeAsSlowConsumer();
            return Lag.TOO_SLOW;
        }
        return outbox().setAside() ? Lag.SET_ASIDE : Lag.AWAITED;
    }
}

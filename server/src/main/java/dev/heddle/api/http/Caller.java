package dev.heddle.api.http;

import dev.heddle.http.BadRequest;
import dev.heddle.http.BodyReader;
import dev.heddle.http.HeadReader;
import dev.heddle.http.Persistence;
import dev.heddle.http.RequestHead;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/// One connection to the internal port, and the virtual thread that reads its requests, has each of
/// them answered, and writes the answer before it looks at the next.
///
/// Nothing but a handler may take for ever ([TimedSocket]).
final class Caller implements Runnable, Call.Source {
    /// How long a caller may be silent between two requests.
    private static final int IDLE_SECONDS = 30;

    /// How long a head may take from its first byte, or the first head from accept; and then a
    /// body.
    private static final int REQUEST_SECONDS = 10;

    private static final byte[] CONTINUE =
            "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final TimedSocket socket;
    private final InternalServer server;
    private final Thread thread = Thread.ofVirtual().unstarted(this);

    // The thread's alone, and about one request.
    private @Nullable RequestHead head;
    private long beganNanos;
    private @Nullable BodyReader unread;
    private Persistence persistence = Persistence.CLOSED;

    /// Whether the peer has ended its side while a handler was at work.
    private volatile boolean hasLeft;

    /// What reads while a handler is at work, if it has one of the places for streams.
    private volatile @Nullable PeerWatch watch;

    /// Whether no other request is served after this one.
    private volatile boolean isLast;

    Caller(Socket socket, InternalServer server) {
        this.socket = new TimedSocket(socket);
        this.server = server;
        this.socket.readWithin(REQUEST_SECONDS);
    }

    void start() {
        thread.start();
    }

    /// What it reads and writes.
    TimedSocket socket() {
        return socket;
    }

    /// Ends the connection with the answer under way, or at once if there is none, or if it is a
    /// stream.
    void finish() {
        isLast = true;
        if (socket.isReading() || watch != null) {
            abort();
        }
    }

    /// Ends the connection and whatever its thread waits for.
    void abort() {
        socket.close();
        thread.interrupt();
    }

    /// Whether the connection has ended, so that whatever fails has failed because of that.
    boolean isOver() {
        return hasLeft || socket.isClosed();
    }

    /// Blocks until the thread has ended, or that time is over.
    ///
    /// @param bound not positive: does not block
    /// @return whether the thread has ended
    boolean join(Duration bound) throws InterruptedException {
        return thread.join(bound);
    }

    @Override
    public void run() {
        try (socket;
                InputStream in = socket.secured(server.tls());
                HeadReader reader = server.reader(in)) {
            serveAll(reader);
        } catch (IOException gone) {
            // There is nobody to tell.
        } catch (RuntimeException | Error bug) {
            server.failed(bug);
        } finally {
            server.callers().remove(this);
            if (watch != null) {
                server.callers().endStream();
            }
        }
    }

    private void serveAll(HeadReader reader) throws IOException {
        try {
            boolean isKept = reader.awaitStart() && serve(reader);
            while (isKept) {
                socket.readWithin(IDLE_SECONDS);
                isKept = !isLast && reader.awaitStart();
                if (isKept) {
                    socket.readWithin(REQUEST_SECONDS);
                    isKept = serve(reader);
                }
            }
        } finally {
            if (watch != null) { // before this thread closes what that one reads
                socket.close();
                watch.awaitEnd();
            }
        }
    }

    /// Answers one request.
    ///
    /// @return whether the connection stays open for another
    private boolean serve(HeadReader reader) throws IOException {
        head = null;
        unread = null;
        persistence = Persistence.CLOSED;
        Answer answer;
        try {
            RequestHead request = reader.read();
            if (request == null && !socket.isTooSlow()) {
                return false;
            }
            answer =
                    request == null
                            ? Refusal.of(BadRequest.TOO_SLOW).answer()
                            : answer(request, reader);
        } catch (BadRequest bad) {
            answer = Refusal.of(bad).answer();
        }
        if (isLast || (unread != null && !unread.isEmpty())) {
            persistence = Persistence.CLOSED;
        }
        send(answer);
        if (watch != null) {
            socket.endOutput();
            watch.awaitEnd(); // which reads what the peer still sends
        } else if (!persistence.isKept()) {
            socket.linger();
        }
        return persistence.isKept();
    }

    private Answer answer(RequestHead request, HeadReader reader) throws BadRequest, IOException {
        head = request;
        beganNanos = System.nanoTime();
        unread = new BodyReader(reader, request.bodyBytes());
        persistence = request.persistence();
        socket.rest();
        return server.answer(request, this);
    }

    /// The body of the request; nothing when it has none, or was asked for before. Blocks until it
    /// is whole.
    ///
    /// @throws Refusal if it is none, is larger than allowed or does not come in time
    @Override
    public byte[] body() throws Refusal, IOException {
        BodyReader body = unread;
        if (body == null || body.isEmpty()) {
            return new byte[0];
        }
        int most = server.maxBodyBytes();
        String bound = "a body has at most " + most + " bytes";
        if (body.mayFit(most) && body.isAwaited() && head != null && head.expectsContinue()) {
            socket.write(CONTINUE, 0, CONTINUE.length);
        }
        socket.readWithin(REQUEST_SECONDS);
        try {
            byte[] whole =
                    body.read(most)
                            .orElseThrow(() -> new Refusal(ProblemType.BODY_TOO_LARGE, bound));
            unread = null;
            return whole;
        } catch (BadRequest bad) {
            throw Refusal.of(bad);
        } catch (IOException broken) {
            if (socket.isTooSlow()) {
                throw Refusal.of(BadRequest.TOO_SLOW);
            }
            socket.close();
            throw broken;
        } finally {
            socket.rest();
        }
    }

    /// Has this thread interrupted when the peer ends the connection, which serves no other request
    /// then: what still comes on it is thrown away.
    ///
    /// @throws Refusal if so many are watched that others would find no place
    @Override
    public void watch() throws Refusal {
        persistence = Persistence.CLOSED;
        watch = server.callers().watch(socket, this::left);
    }

    private void left() {
        hasLeft = true;
        thread.interrupt();
    }

    /// Sends an answer. Its body's resources are released, whatever happens. When a body cannot be
    /// made to its end, the connection ends in the middle of it.
    private void send(Answer answer) throws IOException {
        AnswerWriter out = new AnswerWriter(socket, head, server.requestLog(), beganNanos);
        switch (answer.body()) {
            case Answer.Body.Whole(byte[] bytes) ->
                    out.write(server.finish(answer, head), bytes, persistence);
            case Answer.Body.Streamed(Answer.Writer writer) -> {
                persistence = out.isChunked() ? persistence : Persistence.CLOSED;
                try (writer) {
                    out.stream(server.finish(answer, head), writer, persistence);
                } catch (IOException failure) {
                    if (!isOver()) {
                        server.failed(failure);
                    }
                    throw failure;
                }
            }
        }
    }
}

package dev.heddle.bench.engine;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// One keep-alive HTTP connection with one GET at a time; connects when it is needed.
public final class HttpClient extends Connection {
    /// Who is told of answers.
    public interface Answers {
        /// A request has been answered, or never will be: then the status is 0.
        ///
        /// @param sinceNanos as given to [#get]
        void answered(int status, long sinceNanos, long now);
    }

    private final byte[] request;
    private final Answers answers;
    private boolean isConnected;
    private boolean isConnecting;
    private boolean isBusy;
    private long sinceNanos;

    /// @param path what to get, with the query
    public HttpClient(Loop loop, String path, Answers answers) {
        super(loop);
        String head = loop.target.requestLine(path) + "User-Agent: heddle-bench\r\n\r\n";
        this.request = head.getBytes(StandardCharsets.UTF_8);
        this.answers = answers;
    }

    /// Whether a request is under way.
    public boolean isBusy() {
        return isBusy;
    }

    /// Connects, so that no request waits for it.
    public void connect(long now) {
        isConnecting = true;
        loop.connect(this, now);
    }

    /// Whether it has begun to connect and not finished.
    public boolean isConnecting() {
        return isConnecting;
    }

    /// Sends the request, after connecting when it must. Only when not [#isBusy].
    ///
    /// @param since what the time of the answer counts from: now, or when the request was due
    public void get(long since, long now) {
        isBusy = true;
        sinceNanos = since;
        if (isConnected) {
            write(ByteBuffer.wrap(request));
        } else {
            connect(now);
        }
    }

    /// Ends the connection.
    public void drop() {
        isConnected = false;
        isBusy = false;
        closeSocket();
    }

    @Override
    void connected() {
        isConnecting = false;
        isConnected = true;
        if (isBusy) {
            write(ByteBuffer.wrap(request));
        }
    }

    @Override
    int take(byte[] bytes, int from, int to, long now) {
        ResponseHead head = ResponseHead.decode(bytes, from, to);
        if (head == null) {
            return from;
        }
        if (head.isInterim()) {
            return take(bytes, from + head.bytes(), to, now);
        }
        int length = contentLength(head);
        if (length < 0 || !isBusy) {
            finish(0, now);
            drop();
            return to;
        }
        if (head.bytes() + length > to - from) {
            return from;
        }
        if (head.hasToken("Connection", "close")) {
            finish(head.status(), now);
            drop();
            return to;
        }
        finish(head.status(), now);
        return from + head.bytes() + length;
    }

    @Override
    void broken(@Nullable IOException why, long now) {
        isConnecting = false;
        isConnected = false;
        closeSocket();
        finish(0, now);
    }

    private void finish(int status, long now) {
        if (isBusy) {
            isBusy = false;
            loop.tally.add(status / 100 == 2 ? Count.HTTP_OK : Count.HTTP_FAILED);
            answers.answered(status, sinceNanos, now);
        }
    }

    /// The length of the body; -1 when it has none that can be told, as chunked ones.
    private static int contentLength(ResponseHead head) {
        String length = head.header("Content-Length");
        if (length == null) {
            return head.status() == 204 ? 0 : -1;
        }
        return length.matches("\\d{1,9}") ? Integer.parseInt(length) : -1;
    }
}

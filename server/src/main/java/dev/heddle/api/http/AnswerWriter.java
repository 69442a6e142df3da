package dev.heddle.api.http;

import dev.heddle.http.ChunkedOutput;
import dev.heddle.http.Persistence;
import dev.heddle.http.RequestHead;
import dev.heddle.http.Response;
import dev.heddle.telemetry.RequestLog;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.Arrays;

/// Writes the answer to one request. Blocks until the kernel has it.
///
/// @param request what is answered; `null` if it was not understood
/// @param beganNanos when its head was there
record AnswerWriter(
        TimedSocket socket, @Nullable RequestHead request, RequestLog log, long beganNanos) {

    /// Whether a body that is made while it is sent comes in chunks. To a client that knows none,
    /// it ends with the connection.
    boolean isChunked() {
        return request != null && !request.isOld();
    }

    /// Writes an answer whose body is there.
    void write(Answer answer, byte[] body, Persistence persistence) throws IOException {
        boolean mayHaveBody = answer.status() != 204;
        String framing = mayHaveBody ? "Content-Length: " + body.length + "\r\n" : "";
        byte[] start = Response.head(answer.line(), answer.headers(), framing, persistence);
        boolean hasBody = mayHaveBody && !isHead();
        byte[] whole = Arrays.copyOf(start, start.length + (hasBody ? body.length : 0));
        System.arraycopy(body, 0, whole, start.length, whole.length - start.length);
        socket.write(whole, 0, whole.length);
        log(answer);
    }

    /// Writes an answer whose body is made meanwhile. The log has its line once it has begun.
    void stream(Answer answer, Answer.Writer writer, Persistence persistence) throws IOException {
        String framing = isChunked() ? "Transfer-Encoding: chunked\r\n" : "";
        byte[] start = Response.head(answer.line(), answer.headers(), framing, persistence);
        socket.write(start, 0, start.length);
        log(answer);
        if (isHead()) {
            return;
        }
        if (isChunked()) {
            ChunkedOutput chunks = new ChunkedOutput(socket.output());
            writer.writeTo(chunks);
            chunks.close();
        } else {
            writer.writeTo(socket.output());
        }
    }

    private boolean isHead() {
        return request != null && request.method().equals("HEAD");
    }

    private void log(Answer answer) {
        if (log.isOn()) {
            RequestHead asked = request;
            String method = asked == null ? RequestLog.UNKNOWN : asked.method();
            String target =
                    asked == null
                            ? RequestLog.UNKNOWN
                            : RequestLog.target(asked.path(), asked.query() != null);
            long began = asked == null ? System.nanoTime() : beganNanos;
            log.answered(
                    new RequestLog.Request("internal", socket.peer(), method, target, began),
                    answer.status());
        }
    }
}

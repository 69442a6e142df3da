package dev.heddle.api.http;

import dev.heddle.http.ChunkedOutput;
import dev.heddle.http.Persistence;
import dev.heddle.http.RequestHead;
import dev.heddle.http.Response;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.Arrays;

/// Writes the answer to one request. Blocks until the kernel has it.
///
/// @param request what is answered; `null` if it was not understood
record AnswerWriter(TimedSocket socket, @Nullable RequestHead request) {

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
    }

    /// Writes an answer whose body is made meanwhile.
    void stream(Answer answer, Answer.Writer writer, Persistence persistence) throws IOException {
        String framing = isChunked() ? "Transfer-Encoding: chunked\r\n" : "";
        byte[] start = Response.head(answer.line(), answer.headers(), framing, persistence);
        socket.write(start, 0, start.length);
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
}

package dev.heddle.api.http;

import java.io.IOException;

/// Answers the requests of one route, on the request's own thread; may block.
@FunctionalInterface
public interface Handler {

    /// Answers one request.
    ///
    /// @throws Refusal when the request cannot be done, which becomes a problem answer
    /// @throws IOException when the peer does not send what it has begun, or the server stops:
    ///   there is no answer. Any other one is a bug
    Answer answer(Call call) throws Refusal, IOException;
}

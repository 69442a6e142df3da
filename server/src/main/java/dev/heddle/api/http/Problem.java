package dev.heddle.api.http;

/// An error of a request, as RFC 9457 writes it.
///
/// @param type which kind of problem, as a URI
/// @param title the same in words, always the same ones
/// @param status of the HTTP answer
/// @param detail what about this request, in words for its sender
record Problem(String type, String title, int status, String detail) {

    static Problem of(ProblemType type, String detail) {
        return new Problem(type.uri(), type.title(), type.status(), detail);
    }
}

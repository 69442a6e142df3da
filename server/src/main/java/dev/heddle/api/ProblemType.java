package dev.heddle.api;

import java.util.Locale;

/// The kinds of problems that the internal port answers with: a closed vocabulary, so that a client
/// can branch on [#uri] and never has to read the texts.
enum ProblemType {
    BAD_REQUEST(400, "The request is not as it must be"),
    KEY_NEEDED(401, "The API key is missing or wrong"),
    ORIGIN_REFUSED(403, "Pages of this origin may not call"),
    NO_SUCH_ROUTE(404, "There is nothing at this path"),
    NO_SUCH_ROOM(404, "There is no such room"),
    NOT_LOGGED_IN(404, "The user is not logged in"),
    METHOD_NOT_ALLOWED(405, "The path has no such method"),
    NOT_RECORDING(409, "Nothing is recorded in the background"),
    ID_TAKEN(409, "The id was used for something else"),
    CONNECTION_GONE(410, "The connection is gone"),
    HISTORY_GONE(410, "The history does not reach back to that position"),
    BODY_TOO_LARGE(413, "The body is too large"),
    UNSUPPORTED_MEDIA_TYPE(415, "The body has the wrong type"),
    HOST_REFUSED(421, "The request is for another host"),
    TOO_MANY(429, "So many do it already"),
    BUG(500, "The server has a bug"),
    CANNOT_RECORD(503, "The recording cannot be made"),
    NOT_TAKEN(503, "The message was not taken");

    private final int status;
    private final String title;

    ProblemType(int status, String title) {
        this.status = status;
        this.title = title;
    }

    int status() {
        return status;
    }

    String title() {
        return title;
    }

    /// The name by which clients know it.
    String uri() {
        return "urn:heddle:problem:" + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}

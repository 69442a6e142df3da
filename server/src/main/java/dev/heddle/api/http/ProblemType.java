package dev.heddle.api.http;

import dev.heddle.http.BadRequest;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// The kinds of problems that the internal port answers with: a closed vocabulary, so that a client
/// can branch on [#uri] and never has to read the texts.
public enum ProblemType {
    BAD_REQUEST(400, "The request is not as it must be"),
    KEY_NEEDED(401, "The API key is missing or wrong"),
    ORIGIN_REFUSED(403, "Pages of this origin may not call"),
    NO_SUCH_ROUTE(404, "There is nothing at this path"),
    NO_SUCH_ROOM(404, "There is no such room"),
    NOT_LOGGED_IN(404, "The user is not logged in"),
    METHOD_NOT_ALLOWED(405, "The path has no such method"),
    TOO_SLOW(408, "The request was not finished in time"),
    NOT_RECORDING(409, "Nothing is recorded in the background"),
    ID_TAKEN(409, "The id was used for something else"),
    CONNECTION_GONE(410, "The connection is gone"),
    HISTORY_GONE(410, "The history does not reach back to that position"),
    BODY_TOO_LARGE(413, "The body is too large"),
    TARGET_TOO_LONG(414, "The target is too long"),
    UNSUPPORTED_MEDIA_TYPE(415, "The body has the wrong type"),
    HOST_REFUSED(421, "The request is for another host"),
    TOO_MANY(429, "Too many callers do this already"),
    HEAD_TOO_LARGE(431, "The header fields are too large"),
    BUG(500, "The server has a bug"),
    CODING_UNKNOWN(501, "The body is coded in an unknown way"),
    CANNOT_RECORD(503, "The recording cannot be made"),
    ENGINE_UNAVAILABLE(503, "The engine cannot be reached"),
    NOT_TAKEN(503, "The message was not taken"),
    VERSION_UNKNOWN(505, "This server does not speak this version of HTTP");

    private final int status;
    private final String title;

    ProblemType(int status, String title) {
        this.status = status;
        this.title = title;
    }

    /// The kind of a request that breaks a rule of HTTP.
    static ProblemType of(BadRequest bad) {
        return Arrays.stream(values())
                .filter(type -> type.status == bad.status().code())
                .findFirst()
                .orElseThrow();
    }

    /// The statuses of all problems, and those of success.
    static List<String> statuses() {
        return Stream.concat(Stream.of(200, 204), Stream.of(values()).map(ProblemType::status))
                .distinct()
                .map(String::valueOf)
                .toList();
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

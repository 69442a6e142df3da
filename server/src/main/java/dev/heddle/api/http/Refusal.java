package dev.heddle.api.http;

import dev.heddle.http.BadRequest;

import java.util.Map;

/// A request that cannot be done as it is: the caller's mistake, or the world's. Becomes a problem
/// answer in one place, [InternalServer]. Has no stack.
public final class Refusal extends Exception {
    private static final long serialVersionUID = 1;

    /// After so many seconds another server is there, or this one again.
    private static final Map<String, String> SOON = Map.of("Retry-After", "5");

    private final ProblemType type;
    private final String detail;
    private final transient Map<String, String> headers;

    /// @param detail what is wrong with this request, in words for its sender
    public Refusal(ProblemType type, String detail) {
        this(type, detail, isSoonOver(type) ? SOON : Map.of());
    }

    private static boolean isSoonOver(ProblemType type) {
        return type == ProblemType.NOT_TAKEN || type == ProblemType.ENGINE_UNAVAILABLE;
    }

    /// @param headers what the answer says beside
    public Refusal(ProblemType type, String detail, Map<String, String> headers) {
        super(detail, null, false, false);
        this.type = type;
        this.detail = detail;
        this.headers = headers;
    }

    /// Refuses a request that is not as it must be.
    ///
    /// @param detail what is wrong with it
    public static Refusal badRequest(String detail) {
        return new Refusal(ProblemType.BAD_REQUEST, detail);
    }

    /// Refuses a request that a draining server could not keep its promise for.
    public static Refusal draining() {
        return new Refusal(ProblemType.NOT_TAKEN, "the server is draining");
    }

    /// Refuses a request that breaks a rule of HTTP.
    static Refusal of(BadRequest bad) {
        return new Refusal(ProblemType.of(bad), bad.reason());
    }

    public String detail() {
        return detail;
    }

    /// The answer that the caller gets.
    public Answer answer() {
        return Answer.problem(Problem.of(type, detail), headers);
    }
}

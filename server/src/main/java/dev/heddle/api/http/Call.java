package dev.heddle.api.http;

import dev.heddle.http.Header;
import dev.heddle.http.RequestHead;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// One request, as its handler sees it. Belongs to the request's thread.
public final class Call {
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String JSON = "application/json";

    private final RequestHead head;
    private final Map<String, String> variables;
    private final Caller caller;

    /// @param variables what stands for the segments in braces of the path, percent-encoded
    /// @param caller who sends the body
    Call(RequestHead head, Map<String, String> variables, Caller caller) {
        this.head = head;
        this.variables = variables;
        this.caller = caller;
    }

    /// Has this thread interrupted, from now on, when the caller is gone.
    ///
    /// @throws Refusal if so many are watched that others would find no place
    void watch() throws Refusal {
        caller.watch();
    }

    /// Returns the segment of the path that its template has in braces.
    public String variable(String name) throws Refusal {
        return Parameters.decode(Objects.requireNonNull(variables.get(name)), false);
    }

    /// Returns the segment of the path that its template has in braces, as a number.
    ///
    /// @throws Refusal `otherwise` if it is none
    public long number(String name, ProblemType otherwise) throws Refusal {
        String text = variable(name);
        if (!NUMBER.matcher(text).matches()) {
            throw new Refusal(otherwise, name + " is a number");
        }
        return Long.parseLong(text);
    }

    /// The parameters in the query.
    ///
    /// @param known all names that the route takes
    /// @throws Refusal if the query has another name, which may be one of them mistyped
    public Parameters query(String... known) throws Refusal {
        Parameters query = anyQuery();
        if (!List.of(known).containsAll(query.values().keySet())) {
            throw Refusal.badRequest(
                    "unknown query parameter; known are " + String.join(", ", known));
        }
        return query;
    }

    /// The parameters in the query, whatever their names: for routes that foreign clients know.
    public Parameters anyQuery() throws Refusal {
        String query = head.query();
        return query == null ? Parameters.NONE : Parameters.parse(query);
    }

    /// Returns all values that the query has under a name; commas separate values as well.
    public List<String> listed(String name) throws Refusal {
        String query = head.query();
        return query == null
                ? List.of()
                : Parameters.pairs(query).stream()
                        .filter(pair -> pair.getKey().equals(name))
                        .flatMap(pair -> Stream.of(pair.getValue().split(",", -1)))
                        .toList();
    }

    /// The parameters in the body, a form of either type, and those in the query that the body has
    /// not. Blocks until the body is read.
    public Parameters form() throws Refusal, IOException {
        String body = new String(caller.body(), StandardCharsets.ISO_8859_1);
        String type = body.isEmpty() ? FORM : contentType().orElse(FORM);
        Parameters form =
                switch (type) {
                    case FORM -> Parameters.parse(body);
                    case Multipart.TYPE -> Multipart.parse(body, header(Header.CONTENT_TYPE));
                    default ->
                            throw new Refusal(
                                    ProblemType.UNSUPPORTED_MEDIA_TYPE,
                                    "parameters come as " + FORM + " or " + Multipart.TYPE);
                };
        return form.or(anyQuery());
    }

    private String header(Header name) {
        return String.valueOf(head.header(name));
    }

    /// Reads the body, a JSON object, as a record. Blocks until it is read.
    public <T> T json(Class<T> type) throws Refusal, IOException {
        if (!contentType().equals(Optional.of(JSON))) {
            throw new Refusal(ProblemType.UNSUPPORTED_MEDIA_TYPE, "the body comes as " + JSON);
        }
        return JsonBody.decode(caller.body(), type);
    }

    /// Reads the body, whatever it is. Blocks until it is read.
    public byte[] bytes() throws Refusal, IOException {
        return caller.body();
    }

    /// The media type that the peer claims for its body, without parameters.
    public Optional<String> contentType() {
        return Optional.ofNullable(head.header(Header.CONTENT_TYPE))
                .map(value -> value.split(";", 2)[0].strip().toLowerCase(Locale.ROOT));
    }
}

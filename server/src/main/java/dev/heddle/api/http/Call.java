package dev.heddle.api.http;

import dev.heddle.http.Header;
import dev.heddle.http.RequestHead;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
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

    /// Before the variables: the query, the media type, the body.
    private static final int FIXED_WORDS = 3;

    private final @Nullable String query;
    private final @Nullable String type;
    private final Map<String, String> variables;
    private final Source source;

    /// Where the body of a call comes from.
    interface Source {
        /// As [Caller#body].
        byte[] body() throws Refusal, IOException;

        /// As [Caller#watch].
        default void watch() throws Refusal {}
    }

    /// @param type the media type of the body, with its parameters
    /// @param variables what stands for the segments in braces of the path, percent-encoded
    private Call(
            @Nullable String query,
            @Nullable String type,
            Map<String, String> variables,
            Source source) {
        this.query = query;
        this.type = type;
        this.variables = variables;
        this.source = source;
    }

    Call(RequestHead head, Map<String, String> variables, Source source) {
        this(head.query(), head.header(Header.CONTENT_TYPE), variables, source);
    }

    /// The call that another node has put into these words.
    public static Call of(List<String> words) {
        Map<String, String> variables = new HashMap<>();
        for (int i = FIXED_WORDS; i + 1 < words.size(); i += 2) {
            variables.put(words.get(i), words.get(i + 1));
        }
        byte[] body = Base64.getDecoder().decode(words.get(2));
        return new Call(text(words.get(0)), text(words.get(1)), variables, () -> body);
    }

    private static @Nullable String text(String word) {
        return word.isEmpty() ? null : word;
    }

    /// The words from which another node makes the call. Blocks until the body is read, which it
    /// can be once.
    public List<String> words() throws Refusal, IOException {
        List<String> words = new ArrayList<>();
        words.add(Objects.requireNonNullElse(query, ""));
        words.add(Objects.requireNonNullElse(type, ""));
        words.add(Base64.getEncoder().encodeToString(source.body()));
        variables.forEach((name, value) -> words.addAll(List.of(name, value)));
        return words;
    }

    /// Has this thread interrupted, from now on, when the caller is gone.
    ///
    /// @throws Refusal if so many are watched that others would find no place
    void watch() throws Refusal {
        source.watch();
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
        Parameters given = anyQuery();
        if (!List.of(known).containsAll(given.values().keySet())) {
            throw Refusal.badRequest(
                    known.length == 0
                            ? "this route takes no query parameters"
                            : "unknown query parameter; known are " + String.join(", ", known));
        }
        return given;
    }

    /// The parameters in the query, whatever their names: for routes that foreign clients know.
    public Parameters anyQuery() throws Refusal {
        return query == null ? Parameters.NONE : Parameters.parse(query);
    }

    /// Returns all values that the query has under a name; commas separate values as well.
    public List<String> listed(String name) throws Refusal {
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
        String body = new String(source.body(), StandardCharsets.ISO_8859_1);
        String type = body.isEmpty() ? FORM : contentType().orElse(FORM);
        Parameters form =
                switch (type) {
                    case FORM -> Parameters.parse(body);
                    case Multipart.TYPE -> Multipart.parse(body, String.valueOf(this.type));
                    default ->
                            throw new Refusal(
                                    ProblemType.UNSUPPORTED_MEDIA_TYPE,
                                    "parameters come as " + FORM + " or " + Multipart.TYPE);
                };
        return form.or(anyQuery());
    }

    /// Reads the body, a JSON object, as a record. Blocks until it is read.
    public <T> T json(Class<T> type) throws Refusal, IOException {
        if (!contentType().equals(Optional.of(JSON))) {
            throw new Refusal(ProblemType.UNSUPPORTED_MEDIA_TYPE, "the body comes as " + JSON);
        }
        return JsonBody.decode(source.body(), type);
    }

    /// Reads the body, whatever it is. Blocks until it is read.
    public byte[] bytes() throws Refusal, IOException {
        return source.body();
    }

    /// The media type that the peer claims for its body, without parameters.
    public Optional<String> contentType() {
        return Optional.ofNullable(type)
                .map(value -> value.split(";", 2)[0].strip().toLowerCase(Locale.ROOT));
    }
}

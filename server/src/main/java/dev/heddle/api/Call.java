package dev.heddle.api;

import com.sun.net.httpserver.HttpExchange;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// One request, as its handler sees it. Belongs to the request's thread.
final class Call {
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String JSON = "application/json";

    private final HttpExchange exchange;
    private final Map<String, String> variables;
    private final int maxBodyBytes;

    /// @param variables what stands for the segments in braces of the path, percent-encoded
    /// @param maxBodyBytes bound of the body
    Call(HttpExchange exchange, Map<String, String> variables, int maxBodyBytes) {
        this.exchange = exchange;
        this.variables = variables;
        this.maxBodyBytes = maxBodyBytes;
    }

    /// What stands for a segment in braces of the path.
    String variable(String name) throws Refusal {
        return Parameters.decode(Objects.requireNonNull(variables.get(name)), false);
    }

    /// What stands for a segment in braces of the path, as a number.
    ///
    /// @throws Refusal `otherwise` if it is none
    long number(String name, ProblemType otherwise) throws Refusal {
        String text = variable(name);
        if (!NUMBER.matcher(text).matches()) {
            throw new Refusal(otherwise, name + " is a number");
        }
        return Long.parseLong(text);
    }

    /// The parameters in the query.
    Parameters query() throws Refusal {
        String query = exchange.getRequestURI().getRawQuery();
        return query == null ? Parameters.NONE : Parameters.parse(query);
    }

    /// All that the query says under a name, each of which may be several with commas between.
    List<String> listed(String name) throws Refusal {
        String query = exchange.getRequestURI().getRawQuery();
        return query == null
                ? List.of()
                : Parameters.pairs(query).stream()
                        .filter(pair -> pair.getKey().equals(name))
                        .flatMap(pair -> Stream.of(pair.getValue().split(",", -1)))
                        .toList();
    }

    /// The parameters in the body, a form of either type, and those in the query that the body has
    /// not. Blocks until the body is read.
    Parameters form() throws Refusal, IOException {
        String body = new String(body(), StandardCharsets.ISO_8859_1);
        String type = body.isEmpty() ? FORM : contentType().orElse(FORM);
        Parameters form =
                switch (type) {
                    case FORM -> Parameters.parse(body);
                    case Multipart.TYPE -> Multipart.parse(body, header("Content-Type"));
                    default ->
                            throw new Refusal(
                                    ProblemType.UNSUPPORTED_MEDIA_TYPE,
                                    "parameters come as " + FORM + " or " + Multipart.TYPE);
                };
        return form.or(query());
    }

    private String header(String name) {
        return String.valueOf(exchange.getRequestHeaders().getFirst(name));
    }

    /// The body, a JSON object, as a record. Blocks until it is read.
    <T> T json(Class<T> type) throws Refusal, IOException {
        if (!contentType().equals(Optional.of(JSON))) {
            throw new Refusal(ProblemType.UNSUPPORTED_MEDIA_TYPE, "the body comes as " + JSON);
        }
        return Json.decode(body(), type);
    }

    /// What the peer claims its body to be, without parameters.
    private Optional<String> contentType() {
        return Optional.ofNullable(exchange.getRequestHeaders().getFirst("Content-Type"))
                .map(value -> value.split(";", 2)[0].strip().toLowerCase(Locale.ROOT));
    }

    /// Reads the body, which grows with what has arrived and never with what was claimed.
    private byte[] body() throws Refusal, IOException {
        String claim = exchange.getRequestHeaders().getFirst("Content-Length");
        boolean isTooLong = claim != null && Long.parseLong(claim) > maxBodyBytes;
        if (!isTooLong) {
            InputStream in = exchange.getRequestBody();
            try {
                byte[] body = in.readNBytes(maxBodyBytes);
                if (body.length < maxBodyBytes || in.read() < 0) {
                    return body;
                }
            } catch (IndexOutOfBoundsException overflow) { // the JDK's, at sizes beyond an int
                throw new IOException("a chunk of more bytes than there can be", overflow);
            }
        }
        throw new Refusal(
                ProblemType.BODY_TOO_LARGE, "a body has at most " + maxBodyBytes + " bytes");
    }
}

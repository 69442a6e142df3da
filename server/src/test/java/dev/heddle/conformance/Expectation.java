package dev.heddle.conformance;

import dev.heddle.support.RawFrame;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// One thing that the server has to send next, with nothing before it.
sealed interface Expectation {
    /// The next message of what was sent, as one frame of the same type.
    record Echo() implements Expectation {}

    /// This very frame; of a close frame, the code only.
    record Frame(RawFrame frame) implements Expectation {}

    /// At least one pong, at most as many as there were pings, in their order; the last has this
    /// payload. It allows what RFC 6455 section 5.5.3 does: to answer only the newest ping.
    record NewestPong(RawFrame frame) implements Expectation {}

    /// The tester sends Close 1000; the same comes back, and the end of the stream.
    record NormalClose() implements Expectation {}

    /// A close frame with this code, and the end of the stream.
    record Failure(int code) implements Expectation {}

    /// The end of the stream, perhaps after a close frame.
    record End(boolean closeAllowed) implements Expectation {}

    /// Whether nothing can come after it.
    default boolean isLast() {
        return switch (this) {
            case NormalClose _, Failure _, End _ -> true;
            case Echo _, Frame _, NewestPong _ -> false;
        };
    }

    /// Understands a column that says what the tester expects.
    static List<Expectation> parse(String column) {
        List<Expectation> all = new ArrayList<>();
        Pattern repeated = Pattern.compile("(\\d+)\\*([A-Z].*)");
        for (String token : Tokens.of(column)) {
            Matcher matcher = repeated.matcher(token);
            if (matcher.matches()) {
                for (int i = 1; i <= Integer.parseInt(matcher.group(1)); i++) {
                    all.add(one(matcher.group(2).replace("{i}", "" + i)));
                }
            } else {
                all.add(one(token));
            }
        }
        return all;
    }

    private static Expectation one(String token) {
        if (token.matches("F\\d{4}")) {
            return new Failure(Integer.parseInt(token.substring(1)));
        }
        if (token.startsWith("PO..=")) {
            return new NewestPong(FrameNotation.parse(token.replace("..", "")).frame());
        }
        return switch (token) {
            case "E" -> new Echo();
            case "N" -> new NormalClose();
            case "EOF" -> new End(false);
            case "CL?EOF" -> new End(true);
            default -> new Frame(FrameNotation.parse(token).frame());
        };
    }
}

package dev.heddle.auth;

import com.nimbusds.jose.Header;
import com.nimbusds.jose.JOSEObject;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.Payload;

import dev.heddle.config.Printable;
import dev.heddle.config.TokenSettings;

import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/// The content of a token, true or not, for an operator who wonders about it.
public final class TokenReport {
    private final List<String> lines = new ArrayList<>();
    private final TokenSettings settings;
    private final Instant now;

    private TokenReport(TokenSettings settings, Instant now) {
        this.settings = settings;
        this.now = now;
    }

    /// One line for each thing that matters, beside what the settings want of it.
    ///
    /// @param token anything
    public static List<String> lines(String token, TokenSettings settings, Instant now) {
        TokenReport report = new TokenReport(settings, now);
        try {
            if (token.length() <= TokenVerifier.MAX_CHARS) {
                report.read(JOSEObject.parse(token));
            }
        } catch (ParseException | RuntimeException garbled) {
            report.lines.clear();
            int parts = token.split("\\.", -1).length;
            report.line("parts", parts == 3 ? "3, but not readable" : parts + ", not 3");
        }
        return report.lines;
    }

    private void read(JOSEObject token) throws ParseException {
        Header header = token.getHeader();
        line("algorithm", header.getAlgorithm().getName());
        if (header.getType() != null) {
            line("type", header.getType().getType());
        }
        if (header instanceof JWSHeader signed && signed.getKeyID() != null) {
            line("key", signed.getKeyID());
        }
        Payload payload = Optional.ofNullable(token.getPayload()).orElseThrow(); // unless encrypted
        Claims claims = Claims.of(payload.toJSONObject());
        line("user", claims.subject().orElse("none"));
        line(
                "rooms",
                claims.rooms().map(rooms -> rooms.isEmpty() ? "none" : join(rooms)).orElse("all"));
        line("expires", claims.expires().map(this::relative).orElse("never"));
        claims.notBefore().ifPresent(start -> line("not before", relative(start)));
        wanted("audience", join(claims.audience()), join(settings.audience()));
        wanted("issuer", claims.issuer().orElse(""), settings.issuer());
    }

    private void wanted(String name, String said, String wanted) {
        String text = said.isEmpty() ? "none" : said;
        if (!wanted.isEmpty()) {
            line(name, text + " (token." + name + ": " + wanted + ')');
        } else if (!said.isEmpty()) {
            line(name, text);
        }
    }

    private String relative(Instant time) {
        Duration ahead = Duration.between(now, time);
        Duration distance = Duration.ofSeconds(ahead.abs().toSeconds());
        String text = distance.toString().substring(2).toLowerCase(Locale.ROOT);
        return time + (ahead.isNegative() ? ", " + text + " ago" : ", in " + text);
    }

    private static String join(Iterable<?> values) {
        List<String> texts = new ArrayList<>();
        values.forEach(value -> texts.add(String.valueOf(value)));
        return texts.stream().sorted().collect(Collectors.joining(", "));
    }

    private void line(String name, String text) {
        lines.add(String.format("  %-11s%s", name, Printable.of(text)));
    }
}

package dev.heddle.cli;

import dev.heddle.auth.KeyFault;
import dev.heddle.auth.TokenMaker;
import dev.heddle.auth.TokenReport;
import dev.heddle.auth.TokenVerifier;
import dev.heddle.auth.Verdict;
import dev.heddle.config.TokenSettings;
import dev.heddle.user.UserIds;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/// Makes and checks tokens for whoever sets a server up.
///
/// @param in where a token is read from
/// @param out where tokens and what there is to say about them go
/// @param err where it says why it cannot
record TokenCommand(InputStream in, PrintStream out, PrintStream err) {
    private static final String OPEN =
            "heddle: login is open, so there is nothing to sign or to check: none of token.secret,"
                    + " token.secret-file, token.key, token.key-file and token.jwks-url is set";

    /// Prints a token, and nothing else.
    int make(TokenSettings settings, TokenOptions options) {
        if (options.user().isEmpty()) {
            err.println("heddle: token needs --user ID");
            return Main.WRONG_USAGE;
        }
        if (settings.isOpen() && options.keyFile().isEmpty()) {
            err.println(OPEN);
            return Main.CANNOT_SERVE;
        }
        try {
            warnAboutUser(options.user().get());
            out.println(
                    TokenMaker.open(settings, options.keyFile())
                            .make(options.user().get(), options.rooms(), options.expires()));
            return Main.DONE;
        } catch (KeyFault fault) {
            err.println("heddle: " + fault.getMessage());
            return Main.CANNOT_SERVE;
        }
    }

    /// Says whether a server with these settings believes the token, why not, and what it says.
    int check(TokenSettings settings, TokenOptions options) {
        if (settings.isOpen()) {
            err.println(OPEN);
            return Main.CANNOT_SERVE;
        }
        try (TokenVerifier verifier = TokenVerifier.open(settings)) {
            String token = options.token().isPresent() ? options.token().get() : read();
            Verdict verdict = verifier.verify(token, options.user().orElse(""));
            out.println(
                    switch (verdict) {
                        case Verdict.Accepted _ -> "accepted";
                        case Verdict.Refused(var reason) -> "refused: " + reason.words();
                    });
            if (verdict instanceof Verdict.Accepted accepted) {
                warnAboutUser(accepted.user());
            }
            TokenReport.lines(token, settings, Instant.now()).forEach(out::println);
            return verdict instanceof Verdict.Accepted ? Main.DONE : Main.CANNOT_SERVE;
        } catch (KeyFault fault) {
            err.println("heddle: " + fault.getMessage());
        } catch (IOException unreadable) {
            err.println("heddle: cannot read the token: " + unreadable.getMessage());
        }
        return Main.CANNOT_SERVE;
    }

    private void warnAboutUser(String user) {
        if (!UserIds.isValid(user)) {
            err.println("heddle: /acc refuses this user: an id has 1 to 19 bytes, not . or ..");
        }
    }

    /// Reads what may be a token and the line end behind it.
    private String read() throws IOException {
        byte[] bytes = in.readNBytes(2 * TokenVerifier.MAX_CHARS);
        return new String(bytes, StandardCharsets.UTF_8).strip();
    }
}

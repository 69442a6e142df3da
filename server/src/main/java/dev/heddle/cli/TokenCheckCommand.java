package dev.heddle.cli;

import dev.heddle.auth.KeyFault;
import dev.heddle.auth.TokenReport;
import dev.heddle.auth.TokenVerifier;
import dev.heddle.auth.Verdict;
import dev.heddle.config.TokenSettings;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.concurrent.Callable;

/// `heddle token check`, which says whether a server with these settings believes a token, why not,
/// and what the token says.
@Command(name = "check", description = "Says whether the server accepts a token, and why not.")
final class TokenCheckCommand implements Callable<Integer> {
    private static final String INPUT = "-";

    private final Invocation invocation;
    private final TokenCommand parent;

    @Parameters(
            arity = "0..1",
            paramLabel = "TOKEN",
            description = "the token; without one, or with -, it is read from the standard input")
    private String token = INPUT;

    TokenCheckCommand(Invocation invocation, TokenCommand parent) {
        this.invocation = invocation;
        this.parent = parent;
    }

    @Override
    public Integer call() throws Complaint {
        TokenSettings settings = invocation.settings().token();
        TokenCommand.requireKey(settings);
        try (TokenVerifier verifier = TokenVerifier.open(settings)) {
            String text = token.equals(INPUT) ? read() : token;
            Verdict verdict = verifier.verify(text, parent.user().orElse(""));
            int exitCode = tell(verdict);
            TokenReport.lines(text, settings, Instant.now()).forEach(out()::println);
            return exitCode;
        } catch (KeyFault fault) {
            throw Complaint.cannot(String.valueOf(fault.getMessage()));
        } catch (IOException unreadable) {
            throw Complaint.cannot("cannot read the token: " + unreadable.getMessage());
        }
    }

    private int tell(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Accepted accepted -> {
                out().println("accepted");
                parent.warnAbout(accepted.user());
                yield ExitCode.DONE;
            }
            case Verdict.Refused(var reason) -> {
                out().println("refused: " + reason.words());
                yield ExitCode.CANNOT_SERVE;
            }
        };
    }

    private PrintStream out() {
        return invocation.console().out();
    }

    /// Reads what may be a token and the line end behind it.
    private String read() throws IOException {
        byte[] bytes = invocation.console().in().readNBytes(2 * TokenVerifier.MAX_CHARS);
        return new String(bytes, StandardCharsets.UTF_8).strip();
    }
}

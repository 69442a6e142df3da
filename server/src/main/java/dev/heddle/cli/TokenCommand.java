package dev.heddle.cli;

import dev.heddle.auth.KeyFault;
import dev.heddle.auth.TokenMaker;
import dev.heddle.config.TokenSettings;
import dev.heddle.user.UserIds;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/// `heddle token`, which prints a token and nothing else.
@Command(
        name = "token",
        description = "Makes a login token, for trying a server out, or checks one.")
final class TokenCommand implements Callable<Integer> {
    private static final String OPEN =
            "there is no key to sign or to check with: none of token.secret,"
                    + " token.secret-file, token.key, token.key-file and token.jwks-url is set";

    private final Invocation invocation;

    @Option(
            names = "--user",
            scope = ScopeType.INHERIT,
            paramLabel = "ID",
            converter = Converters.Text.class,
            description = "the user id in the token; with check, the user id that it must have")
    private Optional<String> user = Optional.empty();

    @Option(
            names = "--rooms",
            paramLabel = "ID,...",
            converter = Converters.Rooms.class,
            description = "the rooms that the token allows (default all)")
    private Rooms rooms = new Rooms(List.of());

    @Option(
            names = "--expires",
            paramLabel = "TIME",
            converter = Converters.Life.class,
            description = "how long the token is valid (default 1h)")
    private Duration expires = Duration.ofHours(1);

    @Option(
            names = "--key-file",
            paramLabel = "FILE",
            converter = Converters.Text.class,
            description = "a file with the private key, PEM or JWK, if no setting has one")
    private Optional<String> keyFile = Optional.empty();

    /// Rooms that a token allows.
    record Rooms(List<Integer> ids) {}

    TokenCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    /// Whom the token is for, or should name.
    Optional<String> user() {
        return user;
    }

    @Override
    public Integer call() throws Complaint {
        TokenSettings settings = invocation.settings().token();
        String id = user.orElseThrow(() -> Complaint.usage("token needs --user ID"));
        if (keyFile.isEmpty()) {
            requireKey(settings);
        }
        try {
            warnAbout(id);
            TokenMaker maker = TokenMaker.open(settings, keyFile.map(Path::of));
            invocation.console().out().println(maker.make(id, rooms.ids(), expires));
            return ExitCode.DONE;
        } catch (KeyFault fault) {
            throw Complaint.cannot(String.valueOf(fault.getMessage()));
        }
    }

    /// Refuses to go on where the settings have no key.
    static void requireKey(TokenSettings settings) throws Complaint {
        if (settings.isOpen()) {
            throw Complaint.cannot(OPEN);
        }
    }

    /// Says so where no client can log in as that user.
    void warnAbout(String id) {
        if (!UserIds.isValid(id)) {
            invocation
                    .console()
                    .err()
                    .println(
                            "heddle: /acc refuses this user: an id has 1 to 19 bytes, not . or ..");
        }
    }
}

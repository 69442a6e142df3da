package dev.heddle.doctor;

import dev.heddle.net.transport.Sockets;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Checks of the server's own settings and its Java.
final class ServerChecks {
    private static final int SHOWN = 2;

    private ServerChecks() {}

    static Optional<Finding> connections(Patient patient) {
        String key = "limits.connections";
        int most = patient.settings().limits().connections().max();
        return Optional.of(
                most == 0
                        ? Finding.good(key, "no limit", "the server's own setting")
                        : Finding.cap(
                                key,
                                Amount.count(most),
                                most,
                                patient,
                                "the server's own setting; more are answered with 503",
                                patient.setting(key, patient.goal())));
    }

    /// Says something only if there is such a limit.
    static Optional<Finding> connectionsPerAddress(Patient patient) {
        String key = "limits.connections-per-address";
        int most = patient.settings().limits().connections().maxPerAddress();
        return most == 0
                ? Optional.empty()
                : Optional.of(
                        Finding.good(
                                key,
                                Amount.count(most),
                                "of one client address; behind a proxy all clients have one"));
    }

    /// Which sockets the public port has.
    static Optional<Finding> transport(Patient patient) {
        Sockets sockets = Sockets.choose(patient.settings().net());
        return Optional.of(
                Finding.good("net.transport", sockets.kind(), "sockets: " + sockets.why()));
    }

    static Optional<Finding> options(Patient patient) {
        Jvm jvm = patient.jvm();
        List<String> missing = jvm.missing();
        String why =
                missing.isEmpty()
                        ? "make idle connections small"
                        : "without %s an idle connection is larger"
                                .formatted(
                                        missing.stream()
                                                        .limit(SHOWN)
                                                        .collect(Collectors.joining(", "))
                                                + (missing.size() > SHOWN
                                                        ? " and %d more"
                                                                .formatted(missing.size() - SHOWN)
                                                        : ""));
        return Optional.of(
                Finding.note(
                        "JVM options",
                        "%d of %d in force".formatted(jvm.wanted() - missing.size(), jvm.wanted()),
                        missing.isEmpty(),
                        why,
                        new Change(
                                "java @ops/jvm.options -jar server/target/heddle.jar",
                                "the command that starts the server; ops/heddle has it")));
    }
}

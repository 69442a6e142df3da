package dev.heddle.doctor;

import dev.heddle.doctor.Finding.Mark;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// All findings, and what they come to.
///
/// @param goal connections that the lines to change are for
/// @param ofConnections what limits the number of connections
/// @param ofTheRest what limits something else
/// @param ofRedis what the Redis is like that all nodes share; nothing if none is set
public record Diagnosis(
        long goal, List<Finding> ofConnections, List<Finding> ofTheRest, List<Finding> ofRedis) {
    private static final Comparator<Finding> FEWEST_FIRST =
            Comparator.comparingLong(finding -> finding.connections().orElse(Long.MAX_VALUE));

    /// Looks at everything. Blocks until some small files are read, and Redis has answered if one
    /// is set.
    public static Diagnosis of(Patient patient) {
        return new Diagnosis(
                patient.goal(),
                look(Checks.OF_CONNECTIONS, patient),
                look(Checks.OF_THE_REST, patient),
                patient.settings().cluster().redis().isSet()
                        ? RedisChecks.look(patient)
                        : List.of());
    }

    /// Whether as many connections as there are to be can be, as far as can be known; not if a
    /// limit is unknown.
    public boolean isGoalMet() {
        return inTheWay().isEmpty() && unknown().isEmpty();
    }

    /// Whether the server can work with what it is set to.
    public boolean isFit() {
        return faults().isEmpty();
    }

    /// The findings that keep the server from working.
    List<Finding> faults() {
        return ofRedis.stream().filter(each -> each.mark() == Mark.FAULT).toList();
    }

    /// The finding that limits the number of connections most; empty if none is known to.
    Optional<Finding> limit() {
        return ofConnections.stream()
                .filter(finding -> finding.connections().isPresent())
                .min(FEWEST_FIRST);
    }

    /// The findings that allow fewer connections than the goal, the fewest first.
    List<Finding> inTheWay() {
        return ofConnections.stream()
                .filter(finding -> finding.mark() == Mark.TOO_FEW)
                .sorted(FEWEST_FIRST)
                .toList();
    }

    /// The limits on the number of connections that cannot be read.
    List<Finding> unknown() {
        return ofConnections.stream().filter(each -> each.mark() == Mark.UNKNOWN).toList();
    }

    private static List<Finding> look(List<Check> checks, Patient patient) {
        return checks.stream().map(check -> check.look(patient)).flatMap(Optional::stream).toList();
    }
}

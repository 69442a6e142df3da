package dev.heddle.doctor;

import java.util.Optional;

/// Looks at one thing.
@FunctionalInterface
interface Check {
    /// The finding about a machine; empty if there is none.
    Optional<Finding> look(Patient patient);
}

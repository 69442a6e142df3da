package dev.heddle.doctor;

import java.util.Optional;

/// Looks at one thing.
@FunctionalInterface
interface Check {
    /// What there is to say about it; empty if nothing.
    Optional<Finding> look(Patient patient);
}

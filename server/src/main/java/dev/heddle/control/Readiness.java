package dev.heddle.control;

import java.util.Optional;

/// Whether new clients should come to this server. **Thread-safe.**
public interface Readiness {
    /// Why new clients should not come, in a fixed text; empty if they should.
    Optional<String> obstacle();

    /// Whether the server is sending its clients away, and so must promise nothing any more.
    default boolean isDraining() {
        return false;
    }
}

package dev.heddle.broker.redis;

import dev.heddle.broker.Publication;

/// A publication as Redis has announced it.
///
/// @param epoch of the log that it is in
record Said(String epoch, Publication publication) {
    /// @throws IllegalArgumentException if it is none that this node understands
    static Said decode(String text) {
        String[] parts = text.split(" ", 3);
        if (parts.length < 3) {
            throw new IllegalArgumentException("not a publication");
        }
        return new Said(
                parts[0], new Publication(Long.parseLong(parts[1]), WireMessage.decode(parts[2])));
    }

    int bytes() {
        return publication.message().bytes();
    }
}

package dev.heddle.broker;

import java.util.List;

/// A part of a channel's history, as it was at one moment.
///
/// @param position of the channel at that moment
/// @param publications in their order
/// @param isWhole whether nothing is missing that was asked for: not when the history does not
///   reach back to the position, which may also be one of another epoch; then there are none
public record History(Position position, List<Publication> publications, boolean isWhole) {
    public History {
        publications = List.copyOf(publications);
    }
}

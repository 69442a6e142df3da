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

    /// The oldest of these publications, as many as a portion may have; one at least, if there are
    /// any and the limit is not 0.
    ///
    /// @param limit how many
    /// @param maxBytes what their messages may take
    public History portion(int limit, int maxBytes) {
        int count = 0;
        long bytes = 0;
        while (count < Math.min(limit, publications.size())) {
            bytes += publications.get(count).message().jsonLength();
            if (count > 0 && bytes > maxBytes) {
                break;
            }
            count++;
        }
        return count == publications.size()
                ? this
                : new History(position, publications.subList(0, count), isWhole);
    }

    /// Whether something was published after the last of these publications.
    public boolean hasMore() {
        return !publications.isEmpty() && publications.getLast().offset() < position.offset();
    }
}

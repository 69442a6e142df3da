package dev.heddle.checker;

/// A place in the history of a channel; offset 0 is before its first publication.
record Position(String epoch, long offset) {
    @Override
    public String toString() {
        return epoch + "/" + offset;
    }
}

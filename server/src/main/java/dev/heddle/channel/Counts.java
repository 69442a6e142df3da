package dev.heddle.channel;

/// How many are subscribed to a channel.
public record Counts(int connections, int users) {
    static final Counts NONE = new Counts(0, 0);

    Counts plus(Counts other) {
        return new Counts(connections + other.connections, users + other.users);
    }
}

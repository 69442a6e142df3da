package dev.heddle.checker;

/// What a trial is like.
///
/// @param seconds how long connections are cut and messages published; what comes after is short
/// @param clients a quarter of them writes, the others read
/// @param channels how many there are; a reader is in up to three of them
/// @param cutsPerMinute of 100 connections; of 100 readers half as many stall, and twice as many
///   leave a channel and come back on the same connection
/// @param messagesPerSecond of all writers together
/// @param history publications that a channel keeps
/// @param seed of everything that is drawn; what happens at the same time is not the same again
record Plan(
        int seconds,
        int clients,
        int channels,
        int cutsPerMinute,
        int messagesPerSecond,
        int history,
        long seed) {

    int writers() {
        return Math.max(1, clients / 4);
    }

    int readers() {
        return clients - writers();
    }

    String channel(int number) {
        return "check:" + number;
    }

    @Override
    public String toString() {
        return "%d s, %d writers, %d readers, %d channels with a history of %d, %d messages/s, %d %% cut per minute, seed %d"
                .formatted(
                        seconds,
                        writers(),
                        readers(),
                        channels,
                        history,
                        messagesPerSecond,
                        cutsPerMinute,
                        seed);
    }
}

package dev.heddle.config;

import java.time.Duration;

/// How long anything may take.
///
/// @param head from accept until the request head is whole
/// @param message from a message's first fragment until its last
/// @param pingInterval silence after which a peer is pinged; zero is never
/// @param pong from a ping until the peer shows life
/// @param idle from a peer's last message until it is told to go; zero is never
/// @param write how long a peer may take nothing of what is written; one write is 16 KiB at most
/// @param close from our close frame until the peer's
/// @param unready how long a server that is to stop still takes connections, not ready any more
/// @param drain how long a graceful stop waits for connections to end
/// @param slowConsumer how long a peer's socket may take nothing while its outbox is full
public record Deadlines(
        Duration head,
        Duration message,
        Duration pingInterval,
        Duration pong,
        Duration idle,
        Duration write,
        Duration close,
        Duration unready,
        Duration drain,
        Duration slowConsumer) {

    public Deadlines {
        SettingsTable.HEAD.require(head);
        SettingsTable.MESSAGE.require(message);
        SettingsTable.PING_INTERVAL.require(pingInterval);
        SettingsTable.PONG.require(pong);
        SettingsTable.IDLE.require(idle);
        SettingsTable.WRITE.require(write);
        SettingsTable.CLOSE.require(close);
        SettingsTable.UNREADY.require(unready);
        SettingsTable.DRAIN.require(drain);
        SettingsTable.SLOW_CONSUMER.require(slowConsumer);
    }

    static Deadlines of(Values values) {
        return new Deadlines(
                values.get(SettingsTable.HEAD),
                values.get(SettingsTable.MESSAGE),
                values.get(SettingsTable.PING_INTERVAL),
                values.get(SettingsTable.PONG),
                values.get(SettingsTable.IDLE),
                values.get(SettingsTable.WRITE),
                values.get(SettingsTable.CLOSE),
                values.get(SettingsTable.UNREADY),
                values.get(SettingsTable.DRAIN),
                values.get(SettingsTable.SLOW_CONSUMER));
    }
}

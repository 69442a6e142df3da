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
        Keys.HEAD.require(head);
        Keys.MESSAGE.require(message);
        Keys.PING_INTERVAL.require(pingInterval);
        Keys.PONG.require(pong);
        Keys.IDLE.require(idle);
        Keys.WRITE.require(write);
        Keys.CLOSE.require(close);
        Keys.UNREADY.require(unready);
        Keys.DRAIN.require(drain);
        Keys.SLOW_CONSUMER.require(slowConsumer);
    }

    static Deadlines of(Values values) {
        return new Deadlines(
                values.get(Keys.HEAD),
                values.get(Keys.MESSAGE),
                values.get(Keys.PING_INTERVAL),
                values.get(Keys.PONG),
                values.get(Keys.IDLE),
                values.get(Keys.WRITE),
                values.get(Keys.CLOSE),
                values.get(Keys.UNREADY),
                values.get(Keys.DRAIN),
                values.get(Keys.SLOW_CONSUMER));
    }
}

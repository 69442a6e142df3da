package dev.heddle.config;

import java.time.Duration;

/// How long anything may take.
///
/// @param receiving what a client has begun to say
/// @param liveness a client's signs of life
/// @param sending a client's taking what it is sent
/// @param close from time for the peer to answer our Close frame
/// @param stopping the server's own end
/// @param connectionAge how old a WebSocket becomes, 10 % more or less; zero is without end
public record Deadlines(
        Receiving receiving,
        Liveness liveness,
        Sending sending,
        Duration close,
        Stopping stopping,
        Duration connectionAge) {

    public Deadlines {
        SettingsTable.CLOSE.require(close);
        SettingsTable.CONNECTION_AGE.require(connectionAge);
    }

    /// How long a client may take to say something.
    ///
    /// @param head from time for a whole request head, from accept
    /// @param message from a message's first fragment until its last
    /// @param idle from a peer's last message until it is told to go; zero is never
    public record Receiving(Duration head, Duration message, Duration idle) {

        public Receiving {
            SettingsTable.HEAD.require(head);
            SettingsTable.MESSAGE.require(message);
            SettingsTable.IDLE.require(idle);
        }
    }

    /// How long a client may show no life.
    ///
    /// @param pingInterval silence after which a peer is pinged; zero is never
    /// @param pong from a time to answer a ping
    public record Liveness(Duration pingInterval, Duration pong) {

        public Liveness {
            SettingsTable.PING_INTERVAL.require(pingInterval);
            SettingsTable.PONG.require(pong);
        }
    }

    /// How long a client may take nothing of what it is sent.
    ///
    /// @param write of what is being written; one write is 16 KiB at most
    /// @param slowConsumer while its outbox is full
    public record Sending(Duration write, Duration slowConsumer) {

        public Sending {
            SettingsTable.WRITE.require(write);
            SettingsTable.SLOW_CONSUMER.require(slowConsumer);
        }
    }

    /// How long the server takes to stop.
    ///
    /// @param unready how long a server that is to stop still takes connections, not ready any more
    /// @param drainSpread over how long it then sends its clients away; zero is all at once
    /// @param drain how long a graceful stop then waits for connections to end
    public record Stopping(Duration unready, Duration drainSpread, Duration drain) {

        public Stopping {
            SettingsTable.UNREADY.require(unready);
            SettingsTable.DRAIN_SPREAD.require(drainSpread);
            SettingsTable.DRAIN.require(drain);
        }
    }

    static Deadlines of(Values values) {
        return new Deadlines(
                new Receiving(
                        values.get(SettingsTable.HEAD),
                        values.get(SettingsTable.MESSAGE),
                        values.get(SettingsTable.IDLE)),
                new Liveness(
                        values.get(SettingsTable.PING_INTERVAL), values.get(SettingsTable.PONG)),
                new Sending(
                        values.get(SettingsTable.WRITE), values.get(SettingsTable.SLOW_CONSUMER)),
                values.get(SettingsTable.CLOSE),
                new Stopping(
                        values.get(SettingsTable.UNREADY),
                        values.get(SettingsTable.DRAIN_SPREAD),
                        values.get(SettingsTable.DRAIN)),
                values.get(SettingsTable.CONNECTION_AGE));
    }
}

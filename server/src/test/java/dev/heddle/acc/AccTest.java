package dev.heddle.acc;

import static org.junit.jupiter.api.Assertions.assertTrue;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.heddle.acc.wire.Reply;
import dev.heddle.buffer.BufferPool;
import dev.heddle.channel.Channels;
import dev.heddle.config.CommandRates;
import dev.heddle.config.Language;
import dev.heddle.config.RoomSettings;
import dev.heddle.config.Settings;
import dev.heddle.config.UserSessions;
import dev.heddle.config.UserSettings;
import dev.heddle.hub.Hub;
import dev.heddle.message.Incoming;
import dev.heddle.outbox.OutboxContext;
import dev.heddle.support.RecordingTransport;
import dev.heddle.support.TestChannels;
import dev.heddle.support.TestOutboxes;
import dev.heddle.telemetry.Counters;
import dev.heddle.user.ConnectionNames;
import dev.heddle.user.LoginCheck;
import dev.heddle.user.OpenConnections;
import dev.heddle.user.Rooms;

import org.junit.jupiter.api.AfterEach;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/// Connections to `/acc` without a socket, for the tests of what they do. All have one peer.
abstract class AccTest {
    private static final byte[] RESPONSE = {};
    static final String TOKEN = "top-secret-token";

    final RecordingTransport peer = new RecordingTransport();
    final Counters counters = new Counters();
    final OpenConnections connections = new OpenConnections(ConnectionNames.random());
    final Channels channels;
    final Rooms rooms;
    final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
    UserSettings users = Settings.defaults().endpoints().acc().users();
    CommandRates rates = Settings.defaults().endpoints().acc().commands();

    /// @param rules of the channels, before the default ones
    AccTest(String rules) {
        channels = TestChannels.of(rules, () -> new Hub(8, 10_000, counters));
        rooms = new Rooms(new RoomSettings(List.of(101, 102), UserSessions.MANY), 0, channels);
    }

    @AfterEach
    void stop() {
        channels.stop();
    }

    AccSession open(LoginCheck check) {
        channels.start();
        return open(check, rooms, channels);
    }

    AccSession open(LoginCheck check, Rooms where, Channels of) {
        return open(check, where, of, outboxes(Duration.ofMillis(100)));
    }

    /// What outboxes share, two frames long, that wait for a peer for that time.
    OutboxContext outboxes(Duration slowConsumer) {
        return new TestOutboxes(new BufferPool(1024, 4), counters)
                .context(2, 1000, Math.toIntExact(slowConsumer.toMillis()));
    }

    AccSession open(LoginCheck check, Rooms where, Channels of, OutboxContext outboxes) {
        AccEndpoint endpoint =
                new AccEndpoint(
                        new AccContext(
                                where,
                                of,
                                connections,
                                check,
                                users,
                                rates,
                                Reply.ok(),
                                Language.EN,
                                now::get,
                                counters),
                        _ -> Optional.empty());
        AccSession session = endpoint.session(peer, outboxes, Optional.empty());
        session.open();
        session.outbox().begin(RESPONSE);
        return session;
    }

    /// Sends a request, and returns code and text of the reply.
    String ask(AccSession session, String cmd, String data) {
        String request = "{\"seq\":\"1\",\"cmd\":\"" + cmd + "\",\"data\":" + data + "}";
        byte[] bytes = request.getBytes(UTF_8);
        assertTrue(session.handle(new Incoming.Text(bytes, 0, bytes.length)));
        session.outbox().awaitFlushed();
        return peer.frames()
                .getLast()
                .replaceAll(".*\"code\":(\\d+),\"codeMsg\":\"([^\"]*)\".*", "$1 $2");
    }

    String logIn(AccSession session, int room, String user) {
        return ask(
                session,
                "login",
                "{\"serviceToken\":\""
                        + TOKEN
                        + "\",\"appID\":"
                        + room
                        + ",\"userID\":\""
                        + user
                        + "\"}");
    }
}

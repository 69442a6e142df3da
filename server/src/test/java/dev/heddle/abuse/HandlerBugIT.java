package dev.heddle.abuse;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.heddle.endpoint.Endpoint;
import dev.heddle.endpoint.Message;
import dev.heddle.endpoint.Session;
import dev.heddle.session.EchoEndpoint;
import dev.heddle.support.RawClient;
import dev.heddle.support.RawFrame;

import org.awaitility.Awaitility;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.util.Arrays;

/// A bug in what an endpoint does, even an `Error`, ends the one connection that ran into it.
class HandlerBugIT {

    /// When the bug happens, while it is switched on.
    private enum Moment {
        NEVER,
        OPENED,
        MESSAGE,
        CLOSED
    }

    /// Echoes, but for the bug.
    private static final class Buggy implements Endpoint {
        private final Endpoint echo = new EchoEndpoint();
        private final Bug bug;
        private volatile Moment moment = Moment.NEVER;

        Buggy(Bug bug) {
            this.bug = bug;
        }

        @Override
        public void opened(Session session) {
            happen(Moment.OPENED);
        }

        @Override
        public void message(Session session, Message message) {
            happen(Moment.MESSAGE);
            echo.message(session, message);
        }

        @Override
        public void closed(Session session) {
            happen(Moment.CLOSED);
        }

        private void happen(Moment now) {
            if (moment == now) {
                bug.happen();
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void aMessageThatCannotBeHandledEndsItsConnectionWith1011(Bug bug) throws IOException {
        RawFrame[] messages = new RawFrame[2000];
        Arrays.fill(
                messages,
                RawFrame.text("some that are on their way must not turn it into a reset"));
        requireOthersUntouched(
                bug,
                Moment.MESSAGE,
                victim -> {
                    victim.send(messages);
                    victim.expectClose(1011);
                    victim.send(messages);
                    victim.send(messages);
                });
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void aSessionThatCannotBeEndedIsGone(Bug bug) throws IOException {
        requireOthersUntouched(
                bug,
                Moment.CLOSED,
                victim -> {
                    victim.send(RawFrame.close(1000, ""));
                    victim.expectClose(1000);
                    victim.close();
                });
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void aSessionThatCannotBeOpenedEndsWith500(Bug bug) throws IOException {
        Buggy endpoint = new Buggy(bug);
        try (EndpointServer server = new EndpointServer(endpoint)) {
            endpoint.moment = Moment.OPENED;
            try (RawClient victim = RawClient.connect(server.port())) {
                victim.sendHandshake("/");
                assertEquals(500, victim.readAnswer("GET").status());
                victim.expectEnd();
            }
            requireNothingLeft(server);
        }
    }

    private interface Attempt {
        void play(RawClient victim) throws IOException;
    }

    private static void requireOthersUntouched(Bug bug, Moment moment, Attempt attempt)
            throws IOException {
        Buggy endpoint = new Buggy(bug);
        try (EndpointServer server = new EndpointServer(endpoint)) {
            try (RawClient other = RawClient.open(server.port(), "/");
                    RawClient victim = RawClient.open(server.port(), "/")) {
                requireEcho(other);
                endpoint.moment = moment;
                attempt.play(victim);
                Awaitility.await().until(() -> server.counters().bugs.sum() == 1);
                endpoint.moment = Moment.NEVER;
                requireEcho(other);
            }
            try (RawClient next = RawClient.open(server.port(), "/")) {
                requireEcho(next);
            }
            requireNothingLeft(server);
        }
    }

    private static void requireEcho(RawClient client) throws IOException {
        client.send(RawFrame.text("still there?"));
        assertEquals("still there?", client.readFrame().text());
    }

    private static void requireNothingLeft(EndpointServer server) {
        Awaitility.await()
                .untilAsserted(
                        () -> {
                            assertEquals(1, server.counters().bugs.sum(), "bugs");
                            assertEquals(0, server.connections(), "connections");
                            assertEquals(0, server.leasedBuffers(), "buffers");
                        });
    }
}

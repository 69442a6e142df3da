package dev.heddle.config;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/// The text that holds for every setting. Texts put into it must be such as their setting takes.
final class Values {
    private final Map<Key<?>, Assignment> assignments = new LinkedHashMap<>();

    /// The defaults.
    Values() {
        for (Key<?> key : Keys.all()) {
            put(new Assignment(key, key.defaultText(), Assignment.DEFAULT));
        }
    }

    void put(Assignment assignment) {
        assignments.put(assignment.key(), assignment);
    }

    Collection<Assignment> all() {
        return assignments.values();
    }

    /// @throws Conflict if settings contradict each other
    Settings settings() {
        return new Settings(
                get(Keys.HOST),
                get(Keys.PORT),
                get(Keys.INTERNAL_HOST),
                get(Keys.INTERNAL_PORT),
                get(Keys.DIAGNOSTICS),
                get(Keys.ALLOW_ORIGIN),
                limits(),
                deadlines(),
                ws(),
                echo());
    }

    private Limits limits() {
        return new Limits(
                bytes(Keys.HEAD_BYTES),
                get(Keys.HEADERS),
                get(Keys.CONNECTIONS),
                get(Keys.CONNECTIONS_PER_ADDRESS),
                get(Keys.UNFINISHED_BYTES),
                get(Keys.HUB_MESSAGES),
                bytes(Keys.HUB_BYTES),
                get(Keys.BACKLOG));
    }

    private Deadlines deadlines() {
        return new Deadlines(
                get(Keys.HEAD),
                get(Keys.MESSAGE),
                get(Keys.PING_INTERVAL),
                get(Keys.PONG),
                get(Keys.IDLE),
                get(Keys.WRITE),
                get(Keys.CLOSE),
                get(Keys.DRAIN),
                get(Keys.SLOW_CONSUMER));
    }

    private EndpointLimits ws() {
        try {
            return new EndpointLimits(
                    bytes(Keys.WS_FRAME_BYTES),
                    bytes(Keys.WS_MESSAGE_BYTES),
                    get(Keys.WS_FRAGMENTS),
                    bytes(Keys.WS_UNFINISHED_BYTES),
                    get(Keys.WS_OUTBOX_MESSAGES),
                    bytes(Keys.WS_OUTBOX_BYTES));
        } catch (Conflict conflict) {
            throw conflict.in("ws");
        }
    }

    private EndpointLimits echo() {
        try {
            return new EndpointLimits(
                    bytes(Keys.ECHO_FRAME_BYTES),
                    bytes(Keys.ECHO_MESSAGE_BYTES),
                    get(Keys.ECHO_FRAGMENTS),
                    bytes(Keys.ECHO_UNFINISHED_BYTES),
                    get(Keys.ECHO_OUTBOX_MESSAGES),
                    bytes(Keys.ECHO_OUTBOX_BYTES));
        } catch (Conflict conflict) {
            throw conflict.in("echo");
        }
    }

    Assignment assignment(String name) {
        return Keys.find(name).map(assignments::get).orElseThrow();
    }

    private <T> T get(Key<T> key) {
        return key.kind().parse(assignment(key.name()).text()).orElseThrow();
    }

    private int bytes(Key<Long> key) {
        return Math.toIntExact(get(key));
    }
}

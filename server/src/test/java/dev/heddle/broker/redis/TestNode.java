package dev.heddle.broker.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.heddle.broker.Broker;
import dev.heddle.broker.Broker.Published;
import dev.heddle.broker.BrokerUnavailable;
import dev.heddle.broker.Message;
import dev.heddle.broker.Nodes;
import dev.heddle.broker.Publication;
import dev.heddle.broker.Range;
import dev.heddle.broker.Roster;
import dev.heddle.support.Soon;
import dev.heddle.support.TestServer;
import dev.heddle.telemetry.Counters;
import dev.heddle.telemetry.EngineCounts;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/// The engine of one node, whose answers may take half a second, and what its listener has got.
final class TestNode implements AutoCloseable {
    private final Counters counters = new Counters();
    private final Broker broker;
    private final List<String> heard = Collections.synchronizedList(new ArrayList<>());
    private final Map<String, List<String>> byChannel = new ConcurrentHashMap<>();
    private final List<String> lost = new CopyOnWriteArrayList<>();
    private volatile Pause before = () -> {};

    /// What a listener waits for.
    interface Pause {
        void await() throws InterruptedException;
    }

    /// @param uri of the Redis
    TestNode(String uri) {
        this(uri, Map.of());
    }

    /// @param more variables of the environment
    TestNode(String uri, Map<String, String> more) {
        Map<String, String> variables = new HashMap<>(more);
        variables.put("HEDDLE_CLUSTER_REDIS_URI", uri);
        variables.put("HEDDLE_CLUSTER_REDIS_TIMEOUT", "500ms");
        variables.putIfAbsent("HEDDLE_CLUSTER_LEASE", "1s");
        variables.put(
                "HEDDLE_CHANNELS_RULES",
                "few:* history=3, brief:* history-ttl=1s,"
                        + " large:* history=100000 history-bytes=100MiB");
        var settings = TestServer.configured(variables);
        broker = new RedisBroker(settings.channels(), settings.cluster(), counters);
        broker.start(new Hearing());
        Soon.until(() -> !broker.isUnavailable());
    }

    private final class Hearing implements Broker.Listener {
        @Override
        public boolean published(String channel, String epoch, Publication publication) {
            try {
                before.await();
            } catch (InterruptedException stopped) {
                throw new IllegalStateException(stopped);
            }
            String text = publication.offset() + "=" + publication.message().data();
            byChannel
                    .computeIfAbsent(channel, _ -> Collections.synchronizedList(new ArrayList<>()))
                    .add(text);
            return heard.add(text);
        }

        @Override
        public void lost(String channel) {
            lost.add(channel);
        }
    }

    /// Lets the listener wait for this before each publication.
    void before(Pause pause) {
        before = pause;
    }

    Broker broker() {
        return broker;
    }

    Roster roster() {
        return broker.cluster().orElseThrow().roster();
    }

    Nodes nodes() {
        return broker.cluster().orElseThrow().nodes();
    }

    /// Opens a place, and waits until this node hears of it.
    ///
    /// @return what it is told of
    List<String> open(String place) {
        List<String> told = new CopyOnWriteArrayList<>();
        roster().open(
                        place,
                        new Roster.Listener() {
                            @Override
                            public void entered(String user, @Nullable String info) {
                                told.add("+" + user + (info == null ? "" : " " + info));
                            }

                            @Override
                            public void left(String user, @Nullable String info) {
                                told.add("-" + user + (info == null ? "" : " " + info));
                            }
                        });
        awaitListening(Keys.events(place));
        return told;
    }

    EngineCounts counts() {
        return counters.engine;
    }

    void attach() {
        attach("a");
    }

    /// Attaches a channel, and waits until what is published then is heard.
    void attach(String channel) {
        broker.attach(channel);
        awaitListening(channel);
    }

    /// A busy machine may need longer than a node waits for Redis.
    private void awaitListening(String channel) {
        Soon.until(
                () -> {
                    try {
                        broker.history(channel, new Range.Newest(0));
                        return true;
                    } catch (BrokerUnavailable notYet) {
                        return false;
                    }
                });
    }

    Published publish(String data) {
        return broker.publish("a", new Message(data, null, null, null), false);
    }

    List<String> heard() {
        return List.copyOf(heard);
    }

    List<String> heard(String channel) {
        return List.copyOf(byChannel.getOrDefault(channel, List.of()));
    }

    List<String> lost() {
        return List.copyOf(lost);
    }

    void awaitHeard(List<String> expected) {
        Soon.untilAsserted(() -> assertEquals(expected, heard()));
    }

    @Override
    public void close() {
        broker.close();
    }
}

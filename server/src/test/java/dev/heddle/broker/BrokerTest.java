package dev.heddle.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.heddle.config.ChannelSettings;
import dev.heddle.support.TestServer;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/// A broker of any engine that tests talk to, and what its listener hears.
public abstract class BrokerTest {
    static final int ALL = Integer.MAX_VALUE;
    private static final String RULES =
            "few:* history=3, brief:* history-ttl=1m, small:* history-bytes=4KiB, none:* history=0,"
                    + " large:* history=100000 history-bytes=1MiB";

    static final int TOTAL_BYTES = 40 << 10;

    /// What the listener has got, in the order of its coming.
    final List<String> heard = Collections.synchronizedList(new ArrayList<>());

    volatile Listener listener = this::hear;
    Broker broker;

    /// As [Broker.Listener], but may be interrupted.
    interface Listener {
        boolean published(String channel, String epoch, Publication publication)
                throws InterruptedException;
    }

    /// A new engine that has not been started.
    protected abstract Broker open(ChannelSettings settings);

    @BeforeEach
    void start() {
        broker =
                open(
                        TestServer.configured(
                                        Map.of(
                                                "HEDDLE_CHANNELS_RULES",
                                                RULES,
                                                "HEDDLE_CHANNELS_HISTORY_BYTES",
                                                Integer.toString(TOTAL_BYTES)))
                                .channels());
        broker.start(this::tell);
    }

    @AfterEach
    void close() {
        broker.close();
    }

    private boolean tell(String channel, String epoch, Publication publication) {
        try {
            return listener.published(channel, epoch, publication);
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    boolean hear(String channel, String epoch, Publication publication) {
        return heard.add(channel + "/" + text(publication));
    }

    Position publish(String channel, String data) {
        return broker.publish(channel, message(data), false).position();
    }

    Position publishMany(String channel, int times, String data) {
        for (int i = 1; i < times; i++) {
            publish(channel, data);
        }
        return publish(channel, data);
    }

    Position once(String channel, @Nullable String user, String id) {
        return broker.publish(channel, new Message("x", user, id, null), true).position();
    }

    static Message message(String data) {
        return new Message(data, null, null, null);
    }

    History newest(String channel, int limit) {
        return broker.history(channel, new Range.Newest(limit));
    }

    History after(String channel, Position since, int limit) {
        return broker.history(channel, new Range.After(since, limit));
    }

    void requireGone(String channel, Position since, Position present) {
        assertEquals(new History(present, List.of(), false), after(channel, since, ALL));
    }

    static Position at(Position position, long offset) {
        return new Position(position.epoch(), offset);
    }

    static List<Integer> offsets(List<Publication> publications) {
        return publications.stream().map(each -> (int) each.offset()).toList();
    }

    static List<String> texts(History history) {
        return history.publications().stream().map(BrokerTest::text).toList();
    }

    static String text(Publication publication) {
        return publication.offset() + "=" + publication.message().data();
    }
}

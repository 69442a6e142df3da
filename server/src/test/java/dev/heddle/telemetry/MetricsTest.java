package dev.heddle.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

class MetricsTest {
    private final Counters counters = new Counters();

    private static List<String> lines(Metrics metrics) throws IOException {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        metrics.writeTo(text);
        return text.toString(UTF_8).lines().toList();
    }

    private List<String> values() throws IOException {
        return lines(new Metrics(counters)).stream()
                .filter(
                        line ->
                                !line.startsWith("#")
                                        && !line.matches(".*_(bucket|count|sum)[{ ].*"))
                .toList();
    }

    @Test
    void writesEveryCounter() throws IOException {
        counters.accepted.add(1);
        counters.acceptFailures.add(2);
        counters.messagesIn.add(3);
        counters.bytesIn.add(4);
        counters.messagesOut.add(5);
        counters.bytesOut.add(6);
        counters.publications.add(7);
        counters.slowConsumers.add(8);
        counters.bugs.add(9);
        counters.commands.add(10);
        counters.commandFailures.add(11);
        counters.tooFast.add(12);
        counters.hubWaits.add(13);
        counters.pinned.add(14);
        counters.recordingsMissed.add(15);
        counters.unfinishedWaits.add(16);
        counters.unfinishedSentAway.add(17);
        counters.outboxWaits.add(18);
        assertEquals(
                List.of(
                        "heddle_accept_failures_total 2.0",
                        "heddle_bugs_total 9.0",
                        "heddle_command_failures_total 11.0",
                        "heddle_commands_total 10.0",
                        "heddle_connections_accepted_total 1.0",
                        "heddle_hub_waits_total 13.0",
                        "heddle_messages_received_total 3.0",
                        "heddle_messages_sent_total 5.0",
                        "heddle_outbox_waits_total 18.0",
                        "heddle_pinned_threads_total 14.0",
                        "heddle_publications_total 7.0",
                        "heddle_received_bytes_total 4.0",
                        "heddle_recordings_missed_total 15.0",
                        "heddle_sent_bytes_total 6.0",
                        "heddle_slow_consumers_total 8.0",
                        "heddle_too_fast_total 12.0",
                        "heddle_unfinished_sent_away_total 17.0",
                        "heddle_unfinished_waits_total 16.0"),
                values());
    }

    @Test
    void everyMetricHasHelpAndType() throws IOException {
        counters.closed(1000, false);
        List<String> lines = lines(new Metrics(counters).gauge("heddle_x", "What x is", () -> 1));
        for (String line : lines) {
            String name = line.startsWith("#") ? line.split(" ", 4)[2] : series(line);
            assertTrue(lines.stream().anyMatch(l -> l.startsWith("# HELP " + name + " ")), line);
            assertTrue(lines.stream().anyMatch(l -> l.startsWith("# TYPE " + name + " ")), line);
        }
        assertTrue(lines.contains("# TYPE heddle_x gauge"));
        assertTrue(lines.contains("# TYPE heddle_connections_closed_total counter"));
    }

    /// The metric of a line with a value.
    private static String series(String line) {
        return line.split("[ {]", 2)[0].replaceFirst("_(bucket|count|sum)$", "");
    }

    @Test
    void measuresWhatTakesTime() throws IOException {
        long halfASecondAgo = System.nanoTime() - 500_000_000;
        counters.times.handshake(3_000_000);
        counters.times.command(halfASecondAgo);
        counters.times.broadcast(halfASecondAgo);
        counters.times.delivery(halfASecondAgo);
        counters.times.ping(30_000_000);
        counters.times.outboxAtClose(0);
        counters.times.outboxAtClose(70_000);
        List<String> lines = lines(new Metrics(counters));
        for (String line :
                List.of(
                        "heddle_handshake_seconds_bucket{le=\"0.002\"} 0",
                        "heddle_handshake_seconds_bucket{le=\"0.005\"} 1",
                        "heddle_command_seconds_bucket{le=\"0.2\"} 0",
                        "heddle_command_seconds_count 1",
                        "heddle_broadcast_seconds_bucket{le=\"0.2\"} 0",
                        "heddle_broadcast_seconds_count 1",
                        "heddle_delivery_seconds_bucket{le=\"0.2\"} 0",
                        "heddle_delivery_seconds_count 1",
                        "heddle_ping_seconds_bucket{le=\"0.02\"} 0",
                        "heddle_ping_seconds_bucket{le=\"0.05\"} 1",
                        "heddle_outbox_at_close_bytes_bucket{le=\"0.0\"} 1",
                        "heddle_outbox_at_close_bytes_bucket{le=\"262144.0\"} 2",
                        "heddle_outbox_at_close_bytes_sum 70000.0")) {
            assertTrue(lines.contains(line), line);
        }
    }

    @Test
    void readsAGaugeEachTime() throws IOException {
        AtomicLong value = new AtomicLong(5);
        Metrics metrics = new Metrics(counters).gauge("heddle_x", "What x is", value::get);
        assertTrue(lines(metrics).contains("heddle_x 5.0"));
        value.set(1L << 40);
        assertTrue(lines(metrics).contains("heddle_x 1.099511627776E12"));
        assertTrue(metrics.contentType().startsWith("text/plain; version=0.0.4"));
    }

    @Test
    void labelsRejectionsByReason() throws IOException {
        counters.handshakeRejected("origin not allowed");
        counters.handshakeRejected("origin not allowed");
        assertTrue(
                values().contains(
                                "heddle_handshakes_rejected_total{reason=\"origin not allowed\"}"
                                        + " 2.0"));
    }

    @ParameterizedTest
    @CsvSource({
        "1000, false, 1000",
        "1006, false, 1006",
        "1014, false, 1014",
        "3000, false, 3xxx",
        "3999, false, 3xxx",
        "4000, false, 4xxx",
        "4999, false, 4xxx",
        "1001, true, 1001",
        "4000, true, 4000",
        "4501, true, 4501",
    })
    void labelsAnEndedConnectionWithItsCodeUnlessAPeerChoseItFreely(
            int code, boolean isOurs, String label) throws IOException {
        counters.closed(code, isOurs);
        assertTrue(
                values().contains("heddle_connections_closed_total{code=\"" + label + "\"} 1.0"));
    }

    @Test
    void noPeerCanMakeMoreThanAFewLabels() {
        IntStream.range(3000, 5000).forEach(code -> counters.closed(code, false));
        assertEquals(2, counters.closedByCode().size());
    }

    @Test
    void closeCodesThatAreExpectedAreSeenBeforeAConnectionEndsWithThem() throws IOException {
        counters.expectClosed(IntStream.of(1001, 4013));
        assertEquals(
                List.of(
                        "heddle_connections_closed_total{code=\"1001\"} 0.0",
                        "heddle_connections_closed_total{code=\"3xxx\"} 0.0",
                        "heddle_connections_closed_total{code=\"4013\"} 0.0",
                        "heddle_connections_closed_total{code=\"4xxx\"} 0.0"),
                values().stream().filter(line -> line.contains("connections_closed")).toList());
    }
}

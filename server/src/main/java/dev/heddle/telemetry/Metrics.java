package dev.heddle.telemetry;

import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.instrumentation.jvm.JvmMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.DataPointSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;

import jdk.management.VirtualThreadSchedulerMXBean;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;

/// The counters and gauges as Prometheus text. **Thread-safe**; reads the counters only when asked.
public final class Metrics {
    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final PrometheusTextFormatWriter writer = PrometheusTextFormatWriter.create();

    /// Metrics over these counters; [#gauge] adds what is not counted.
    public Metrics(Counters counters) {
        counter("heddle_connections_accepted", "Connections accepted", counters.accepted);
        counter("heddle_accept_failures", "Failed accepts", counters.acceptFailures);
        counter("heddle_messages_received", "Messages from clients", counters.messagesIn);
        counter("heddle_received_bytes", "Frame bytes from clients", counters.bytesIn);
        counter("heddle_messages_sent", "Messages to clients", counters.messagesOut);
        counter("heddle_sent_bytes", "Bytes to WebSocket clients", counters.bytesOut);
        counter("heddle_publications", "Publications distributed", counters.publications);
        counter("heddle_slow_consumers", "Clients closed for slow reading", counters.slowConsumers);
        counter("heddle_hub_waits", "Commands that found a hub full", counters.hubWaits);
        counter(
                "heddle_pinned_threads",
                "Times that a virtual thread held its carrier while it waited for over 20 ms;"
                        + " counted if jfr.pinned-threads is set",
                counters.pinned);
        counter(
                "heddle_recordings_missed",
                "Recordings that could not be written",
                counters.recordingsMissed);
        counter("heddle_commands", "Commands on /acc", counters.commands);
        counter("heddle_command_failures", "Handlers that failed", counters.commandFailures);
        counter("heddle_too_fast", "Clients closed that sent too much", counters.tooFast);
        countRoom(counters);
        counter("heddle_bugs", "Failures that are bugs of the server", counters.bugs);
        labelled(
                "heddle_accept_pauses",
                "Times when nothing was accepted for a while, by reason",
                "reason",
                counters.acceptPausesByReason());
        labelled(
                "heddle_api_answers",
                "Answers of the internal port, by HTTP status",
                "status",
                counters.apiAnswersByStatus());
        countEnds(counters);
        labelled(
                "heddle_handshakes_rejected",
                "Requests refused, by reason",
                "reason",
                counters.handshakesRejectedByReason());
        labelled(
                "heddle_incidents", "Incidents, by reason", "reason", counters.incidentsByReason());
        countTrust(counters);
        counters.times.all().forEach(registry::register);
    }

    /// Counts the ends of connections.
    private void countEnds(Counters counters) {
        labelled(
                "heddle_connections_closed",
                "WebSocket connections ended, by close code; those of 3000 and more that"
                        + " clients chose as 3xxx and 4xxx",
                "code",
                counters.closedByCode());
        labelled(
                "heddle_connections_sent_away",
                "Clients told to come back, here or elsewhere, by reason",
                "reason",
                counters.sentAwayByReason());
    }

    /// Counts logins, tokens and certificates.
    private void countTrust(Counters counters) {
        Map<String, LongAdder> tokens = counters.tokensRefusedByReason();
        labelled("heddle_tokens_refused", "Login tokens refused, by reason", "reason", tokens);
        Map<String, LongAdder> tls = counters.tlsHandshakesByResult();
        labelled("heddle_tls_handshakes", "TLS handshakes, by result", "result", tls);
        Map<String, LongAdder> reloads = counters.tlsReloadsByResult();
        labelled("heddle_tls_reloads", "Certificates read again, by result", "result", reloads);
    }

    /// Counts the lack of room for messages.
    private void countRoom(Counters counters) {
        counter(
                "heddle_outbox_waits",
                "Messages that waited for room in all outboxes together",
                counters.outboxWaits);
        counter(
                "heddle_unfinished_waits",
                "Waits for room for an unfinished message",
                counters.unfinishedWaits);
        counter(
                "heddle_unfinished_sent_away",
                "Clients closed to make room for unfinished messages",
                counters.unfinishedSentAway);
    }

    /// Adds those of the JVM, `jvm_…` and `process_…`, and of the scheduler of virtual threads.
    public Metrics jvm() {
        JvmMetrics.builder().register(registry);
        var scheduler = ManagementFactory.getPlatformMXBean(VirtualThreadSchedulerMXBean.class);
        return gauge(
                        "heddle_scheduler_parallelism",
                        "Virtual threads that can run at a time",
                        scheduler::getParallelism)
                .gauge(
                        "heddle_scheduler_carriers",
                        "Platform threads that carry virtual threads, running or not",
                        scheduler::getPoolSize)
                .gauge(
                        "heddle_scheduler_mounted",
                        "Virtual threads that run",
                        scheduler::getMountedVirtualThreadCount)
                .gauge(
                        "heddle_scheduler_queued",
                        "Virtual threads that wait to run",
                        scheduler::getQueuedVirtualThreadCount);
    }

    /// Adds a gauge that is read when the metrics are.
    public Metrics gauge(String name, String help, DoubleSupplier value) {
        GaugeWithCallback.builder()
                .name(name)
                .help(help)
                .callback(callback -> callback.call(value.getAsDouble()))
                .register(registry);
        return this;
    }

    /// Adds a gauge that is 1, for what a label says.
    public Metrics info(String name, String help, String label, String value) {
        GaugeWithCallback.builder()
                .name(name)
                .help(help)
                .labelNames(label)
                .callback(callback -> callback.call(1, value))
                .register(registry);
        return this;
    }

    /// Adds a counter whose labels are known when the metrics are read.
    ///
    /// @param visit shows each value with those of its labels, in their order
    public Metrics counters(
            String name, String help, List<String> labels, Consumer<LabelledValues> visit) {
        CounterWithCallback.builder()
                .name(name)
                .help(help)
                .labelNames(labels.toArray(String[]::new))
                .callback(callback -> visit.accept(callback::call))
                .register(registry);
        return this;
    }

    /// Adds a gauge whose label is known when the metrics are read, as [#counters].
    public Metrics gauges(String name, String help, String label, Consumer<LabelledValues> visit) {
        GaugeWithCallback.builder()
                .name(name)
                .help(help)
                .labelNames(label)
                .callback(callback -> visit.accept(callback::call))
                .register(registry);
        return this;
    }

    /// Is shown values with those of their labels.
    public interface LabelledValues {
        void add(double value, String... labels);
    }

    /// Everything by name, with labels as in the text format. A counter or gauge is a number, a
    /// histogram a [Buckets].
    public Map<String, Object> values() {
        Map<String, Object> values = new LinkedHashMap<>();
        for (MetricSnapshot metric : registry.scrape()) {
            String name = metric.getMetadata().getPrometheusName();
            for (DataPointSnapshot point : metric.getDataPoints()) {
                String key =
                        name + MetricValues.suffix(point) + MetricValues.labels(point.getLabels());
                MetricValues.value(point).ifPresent(value -> values.put(key, value));
            }
        }
        return values;
    }

    /// Writes everything in the Prometheus text format.
    public void writeTo(OutputStream out) throws IOException {
        writer.write(out, registry.scrape());
    }

    /// The content type of what [#writeTo] writes.
    public String contentType() {
        return writer.getContentType();
    }

    /// Adds a count that only grows.
    public void counter(String name, String help, LongAdder counter) {
        CounterWithCallback.builder()
                .name(name)
                .help(help)
                .callback(callback -> callback.call((double) counter.sum()))
                .register(registry);
    }

    private void labelled(String name, String help, String label, Map<String, LongAdder> counts) {
        CounterWithCallback.builder()
                .name(name)
                .help(help)
                .labelNames(label)
                .callback(
                        callback ->
                                counts.forEach(
                                        (value, counter) ->
                                                callback.call((double) counter.sum(), value)))
                .register(registry);
    }
}

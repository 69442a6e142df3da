package dev.heddle.telemetry;

import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

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
        counter("heddle_slow_consumers", "Slow consumers closed", counters.slowConsumers);
        counter("heddle_commands", "Commands on /acc", counters.commands);
        counter("heddle_command_failures", "Handlers that failed", counters.commandFailures);
        counter("heddle_too_fast", "Clients closed that sent too much", counters.tooFast);
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
        labelled(
                "heddle_connections_closed",
                "WebSocket connections ended, by close code",
                "code",
                counters.closedByCode());
        labelled(
                "heddle_handshakes_rejected",
                "Requests refused, by reason",
                "reason",
                counters.handshakesRejectedByReason());
        labelled(
                "heddle_tokens_refused",
                "Login tokens not believed, by reason",
                "reason",
                counters.tokensRefusedByReason());
        counters.times.all().forEach(registry::register);
    }

    /// Adds a gauge that is read when the metrics are.
    public Metrics gauge(String name, String help, LongSupplier value) {
        GaugeWithCallback.builder()
                .name(name)
                .help(help)
                .callback(callback -> callback.call((double) value.getAsLong()))
                .register(registry);
        return this;
    }

    /// Writes everything in the Prometheus text format.
    public void writeTo(OutputStream out) throws IOException {
        writer.write(out, registry.scrape());
    }

    /// The content type of what [#writeTo] writes.
    public String contentType() {
        return writer.getContentType();
    }

    private void counter(String name, String help, LongAdder counter) {
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

package dev.heddle;

import dev.heddle.channel.Channels;
import dev.heddle.telemetry.EngineCounts;
import dev.heddle.telemetry.Metrics;

/// The metrics of an engine beyond this process.
///
/// @param channels whose logs the engine keeps
record EngineMetrics(Channels channels, EngineCounts counts) {
    void addTo(Metrics metrics) {
        metrics.gauge(
                "heddle_engine_unavailable",
                "1 while the engine cannot be reached",
                () -> channels.isUnavailable() ? 1 : 0);
        metrics.gauge(
                "heddle_engine_lag_seconds",
                "Time that a message of this node takes through the engine and back",
                () -> counts.lagNanos.get() / 1e9);
        metrics.counter("heddle_engine_calls", "Questions to the engine", counts.calls);
        metrics.counter(
                "heddle_engine_failures",
                "Questions that the engine did not answer, or refused",
                counts.failures);
        metrics.counter(
                "heddle_engine_reconnections",
                "Times that the listening connection to the engine was lost",
                counts.reconnections);
        addOutages(metrics);
    }

    private void addOutages(Metrics metrics) {
        metrics.counter(
                "heddle_engine_gaps",
                "Times that publications from the engine did not arrive",
                counts.gaps);
        metrics.counter(
                "heddle_engine_filled",
                "Publications read from logs because they had not arrived",
                counts.filled);
        metrics.counter(
                "heddle_engine_leases_ended",
                "Leases of other nodes that had ended, and were cleared away here",
                counts.leasesEnded);
        metrics.counter(
                "heddle_engine_leases_lost",
                "Times that the lease of this node had ended",
                counts.leasesLost);
        metrics.counter(
                "heddle_engine_lost",
                "Channels whose subscribers were told that publications are lost",
                counts.lost);
    }
}

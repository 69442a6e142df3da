package dev.heddle.telemetry;

import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.Collector;

import java.util.List;

/// How long things take, and how much is left over: histograms. **Thread-safe, never blocks.**
///
/// Where something began is given by [System#nanoTime]. A value costs some tens of nanoseconds, so
/// nothing here is counted once per delivery.
public final class Times {
    private static final double NANOS_PER_SECOND = 1e9;

    /// Upper bounds of the buckets, in seconds: 50 µs to 20 s.
    private static final double[] SECONDS = {
        0.00005, 0.0001, 0.0002, 0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2,
        5, 10, 20
    };

    private static final double[] BYTES = {0, 1 << 10, 1 << 14, 1 << 16, 1 << 18, 1 << 20, 1 << 22};

    private final Histogram handshakes =
            seconds(
                    "heddle_handshake_seconds",
                    "Opening handshakes, from the request to the written response");
    private final Histogram commands =
            seconds("heddle_command_seconds", "Commands on /acc, from the request to its reply");
    private final Histogram broadcasts =
            seconds(
                    "heddle_broadcast_seconds",
                    "Broadcasts, from the publication until the last receiver's write has ended");
    private final Histogram deliveries =
            seconds(
                    "heddle_delivery_seconds",
                    "Deliveries, from the publication until it is written, measured for one"
                            + " randomly chosen receiver of each broadcast");
    private final Histogram pings =
            seconds("heddle_ping_seconds", "Round trips of pings, from the ping to the pong");
    private final Histogram gatewayEvents =
            Histogram.builder()
                    .name("heddle_gateway_event_seconds")
                    .help("Events of the gateway, until the service's answer, by route")
                    .classicOnly()
                    .classicUpperBounds(SECONDS)
                    .labelNames("route")
                    .build();
    private final Histogram outboxBytesAtClose =
            histogram(
                    "heddle_outbox_at_close_bytes",
                    "Bytes that waited to be written to clients when their connections ended",
                    BYTES);

    private static Histogram seconds(String name, String help) {
        return histogram(name, help, SECONDS);
    }

    private static Histogram histogram(String name, String help, double[] bounds) {
        return Histogram.builder()
                .name(name)
                .help(help)
                .classicOnly()
                .classicUpperBounds(bounds)
                .build();
    }

    /// An opening handshake that began then is answered.
    public void handshake(long nanos) {
        handshakes.observe(nanos / NANOS_PER_SECOND);
    }

    /// A command that came then is replied to.
    public void command(long sinceNanos) {
        observe(commands, sinceNanos);
    }

    /// Records that a publication is written to its last receiver.
    public void broadcast(long sinceNanos) {
        observe(broadcasts, sinceNanos);
    }

    /// Records that a publication is written to a receiver.
    public void delivery(long sinceNanos) {
        observe(deliveries, sinceNanos);
    }

    /// A ping is answered.
    public void ping(long nanos) {
        pings.observe(nanos / NANOS_PER_SECOND);
    }

    /// Lets the times of a route be seen before its first event.
    public void expectGatewayRoute(String route) {
        gatewayEvents.initLabelValues(route);
    }

    /// A service was told of an event, and has answered or not.
    public void gatewayEvent(String route, long nanos) {
        gatewayEvents.labelValues(route).observe(nanos / NANOS_PER_SECOND);
    }

    /// A connection has ended.
    ///
    /// @param bytes of what waited to be written to it
    public void outboxAtClose(int bytes) {
        outboxBytesAtClose.observe(bytes);
    }

    private static void observe(Histogram histogram, long sinceNanos) {
        histogram.observe((System.nanoTime() - sinceNanos) / NANOS_PER_SECOND);
    }

    List<Collector> all() {
        return List.of(
                handshakes,
                commands,
                broadcasts,
                deliveries,
                pings,
                gatewayEvents,
                outboxBytesAtClose);
    }
}

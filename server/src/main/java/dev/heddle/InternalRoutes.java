package dev.heddle;

import dev.heddle.api.ApiRoutes;
import dev.heddle.api.gowebsocket.Dialect;
import dev.heddle.api.http.Route;
import dev.heddle.api.inside.Insight;
import dev.heddle.broker.Cluster;
import dev.heddle.broker.MessageIds;
import dev.heddle.channel.Channels;
import dev.heddle.config.Language;
import dev.heddle.config.Profile;
import dev.heddle.control.Control;
import dev.heddle.control.Node;
import dev.heddle.control.OwnMessageIds;
import dev.heddle.control.People;
import dev.heddle.control.Sender;
import dev.heddle.net.Admission;
import dev.heddle.recording.Recorder;
import dev.heddle.telemetry.Inspection;
import dev.heddle.telemetry.Metrics;
import dev.heddle.tls.TlsPort;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The routes of a server's internal port: its APIs, and the views for operators.
///
/// @param admission of the public port
/// @param recorder what is recorded
record InternalRoutes(Core core, Admission admission, Recorder recorder) {

    /// Makes the routes.
    ///
    /// @param node what the server says of itself
    /// @param inspection of the public port's connections
    List<Route> routes(Node node, Inspection inspection) {
        Language language = core.settings.endpoints().acc().messages();
        boolean isGowebsocket = core.settings.server().profile() == Profile.GOWEBSOCKET;
        return ApiRoutes.of(
                node,
                control(),
                new Insight(metrics(), inspection, recorder, core.callees),
                new Dialect(language, isGowebsocket));
    }

    private Control control() {
        People people =
                People.of(core.rooms, core.userConnections, core.callees, core.everyone)
                        .with(core.toEveryone);
        MessageIds ids =
                core.channels
                        .cluster()
                        .map(Cluster::messageIds)
                        .orElseGet(
                                () ->
                                        new OwnMessageIds(
                                                core.settings.internal().api().maxMessageIds()));
        int maxTextBytes = core.settings.endpoints().acc().users().maxTextBytes();
        return new Control(people, core.channels, new Sender(people, ids, maxTextBytes));
    }

    private Metrics metrics() {
        Metrics metrics = new Metrics(core.counters).jvm();
        addConnections(metrics);
        addChannels(metrics);
        addBounds(metrics);
        addPools(metrics);
        addTransport(metrics);
        addCertificates(metrics);
        new GatewayMetrics(core.gateway).addTo(metrics);
        if (core.settings.cluster().redis().isSet()) {
            new EngineMetrics(core.channels, core.counters.engine).addTo(metrics);
        }
        return metrics;
    }

    private void addConnections(Metrics metrics) {
        metrics.gauge("heddle_connections", "Open connections", admission::connections)
                .gauge(
                        "heddle_full",
                        "1 while no connection can be accepted or let in, for lack of descriptors"
                                + " or by limits.connections",
                        () -> admission.isFull() ? 1 : 0)
                .gauge("heddle_subscribers", "Subscribers of the hub", core.everyone::subscribers)
                .gauge("heddle_hub_queue", "Commands waiting for the hub", core.hub::queued)
                .gauge(
                        "heddle_users",
                        "Users logged in, once for each room",
                        core.rooms::userCount);
    }

    private void addChannels(Metrics metrics) {
        Channels channels = core.channels;
        metrics.gauge("heddle_channels", "Channels kept", channels::count)
                .gauge("heddle_subscriptions", "Subscriptions to channels", channels::subscriptions)
                .gauge("heddle_channel_queue", "Commands waiting for channels", channels::queued)
                .gauge("heddle_history_bytes", "Bytes held by histories", channels::historyBytes);
    }

    /// Adds which sockets the public port has.
    private void addTransport(Metrics metrics) {
        metrics.info(
                "heddle_transport",
                "1, for the sockets of the public port: epoll or jdk",
                "transport",
                core.sockets.kind());
    }

    /// Adds when certificates end.
    private void addCertificates(Metrics metrics) {
        metrics.gauge(
                        "heddle_tls_certificate_expires_seconds",
                        "When the certificate of the public port expires, in Unix time; 0 without"
                                + " TLS",
                        () -> end(core.tls.open()))
                .gauge(
                        "heddle_internal_tls_certificate_expires_seconds",
                        "When the certificate of the internal port expires, in Unix time; 0"
                                + " without TLS",
                        () -> end(core.tls.internal()));
    }

    private static double end(Optional<TlsPort> port) {
        return port.map(TlsPort::certificateEnd).map(Instant::getEpochSecond).orElse(0L);
    }

    /// Adds what is bounded for all connections together.
    private void addBounds(Metrics metrics) {
        metrics.gauge(
                        "heddle_unfinished_bytes",
                        "Bytes held by unfinished messages",
                        core.unfinished::held)
                .gauge(
                        "heddle_outbox_bytes",
                        "Bytes that wait for clients, shared ones once",
                        core.queued::held)
                .gauge(
                        "heddle_window_bytes",
                        "Bytes kept of compressed messages, for those that refer to them",
                        core.deflation::windowBytes)
                .gauge(
                        "heddle_scheduler_wait_seconds",
                        "How long a virtual thread that was ready last waited for a carrier",
                        core.runQueue::waitSeconds);
    }

    /// Adds what connections borrow.
    private void addPools(Metrics metrics) {
        metrics.gauge(
                        "heddle_leased_buffers",
                        "Pooled buffers, deflaters and inflaters in use",
                        core::leasedBuffers)
                .gauge(
                        "heddle_zlib_bytes",
                        "Bytes held by deflaters and inflaters, outside the heap",
                        core.deflation.pool()::nativeBytes);
    }
}

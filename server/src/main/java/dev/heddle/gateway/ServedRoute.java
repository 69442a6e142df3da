package dev.heddle.gateway;

import dev.heddle.config.GatewayEvent;
import dev.heddle.config.GatewayRoute;
import dev.heddle.control.Callees;
import dev.heddle.frame.EncodedFrame;
import dev.heddle.gateway.ServiceReply.Failure;
import dev.heddle.telemetry.Counters;
import dev.heddle.telemetry.RouteCounters;
import dev.heddle.telemetry.Warnings;

import org.slf4j.LoggerFactory;

import java.util.Optional;
import java.util.stream.Stream;

/// One route at work: what its sessions share. **Thread-safe.**
final class ServedRoute implements AutoCloseable {
    private final GatewayRoute settings;
    private final Callees callees;
    private final RouteChannels channels;
    private final RouteCounters counted;
    private final ServiceCalls calls;
    private final DisconnectQueue disconnects;
    private final Optional<EncodedFrame> failure;
    private final Warnings misunderstood;

    ServedRoute(GatewayRoute settings, Callees callees, RouteChannels channels, Counters counters) {
        this.settings = settings;
        this.callees = callees;
        this.channels = channels;
        this.counted = new RouteCounters(settings.name());
        this.calls = new ServiceCalls(settings, counted, counters);
        this.disconnects = new DisconnectQueue(settings, calls, counted);
        this.failure =
                Optional.of(settings.telling().failure())
                        .filter(text -> !text.isEmpty())
                        .map(EncodedFrame::text);
        this.misunderstood =
                new Warnings(
                        LoggerFactory.getLogger("heddle"),
                        "the service of gateway." + settings.name() + " answers ");
        settings.telling().events().forEach(this::expect);
        counters.times.expectGatewayRoute(settings.name());
    }

    /// Lets what may become of an event be seen before the first of it.
    private void expect(GatewayEvent kind) {
        String word = ServiceEvent.word(kind);
        Stream.of("answered", "failed", "refused").forEach(it -> counted.expect(word, it));
        Stream.of(Failure.values()).forEach(it -> counted.expect(word, it.label()));
        if (kind == GatewayEvent.DISCONNECT) {
            counted.expect(word, DisconnectQueue.DROPPED);
            counted.expect(word, DisconnectQueue.GIVEN_UP);
        }
    }

    /// The operator's settings of the route.
    GatewayRoute settings() {
        return settings;
    }

    String name() {
        return settings.name();
    }

    /// Whether the service is told of such events.
    boolean tells(GatewayEvent kind) {
        return settings.telling().events().contains(kind);
    }

    /// The open connections of all routes.
    Callees callees() {
        return callees;
    }

    /// The channels that the service may put connections into.
    RouteChannels channels() {
        return channels;
    }

    RouteCounters counted() {
        return counted;
    }

    /// Warns that the service has done something wrong.
    ///
    /// @param what follows "the service answers"
    void warnAbout(String what) {
        misunderstood.warnAbout(what);
    }

    ServiceCalls calls() {
        return calls;
    }

    DisconnectQueue disconnects() {
        return disconnects;
    }

    /// The frame for a client whose message has no answer.
    Optional<EncodedFrame> failure() {
        return failure;
    }

    @Override
    public void close() {
        disconnects.close();
        calls.close();
    }
}

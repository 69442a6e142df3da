package dev.heddle;

import dev.heddle.gateway.Gateway;
import dev.heddle.gateway.Gateway.Load;
import dev.heddle.telemetry.Metrics;
import dev.heddle.telemetry.RouteCounters;

import java.util.List;
import java.util.function.ToDoubleFunction;

/// The metrics of the gateway.
record GatewayMetrics(Gateway gateway) {

    void addTo(Metrics metrics) {
        metrics.counters(
                        "heddle_gateway_events",
                        "Events of the gateway, by route, type and result",
                        List.of("route", "type", "result"),
                        values -> gateway.forEachRoute(it -> addEvents(it.counted(), values)))
                .counters(
                        "heddle_gateway_repeated",
                        "Attempts to tell services of events beyond the first ones, by route",
                        List.of("route"),
                        values -> addEach(values, it -> (double) it.counted().repeated.sum()));
        addLoad(metrics);
    }

    private void addLoad(Metrics metrics) {
        gauge(
                metrics,
                "in_flight",
                "Events that services have not answered yet, by route",
                Load::inFlight);
        gauge(
                metrics,
                "waiting",
                "Events that wait until fewer are in flight, by route",
                Load::waiting);
        gauge(
                metrics,
                "pending",
                "Disconnects not yet delivered to services, by route",
                Load::pending);
        gauge(
                metrics,
                "suspended",
                "1 while a failing service gets no events, or few, by route",
                it -> it.isSuspended() ? 1 : 0);
    }

    private static void addEvents(RouteCounters events, Metrics.LabelledValues values) {
        events.forEach(
                (label, count) ->
                        values.add((double) count, events.route(), label.type(), label.result()));
    }

    private void gauge(Metrics metrics, String name, String help, ToDoubleFunction<Load> value) {
        metrics.gauges("heddle_gateway_" + name, help, "route", values -> addEach(values, value));
    }

    private void addEach(Metrics.LabelledValues values, ToDoubleFunction<Load> value) {
        gateway.forEachRoute(it -> values.add(value.applyAsDouble(it), it.counted().route()));
    }
}

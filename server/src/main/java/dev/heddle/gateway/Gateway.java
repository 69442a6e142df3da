package dev.heddle.gateway;

import dev.heddle.acc.Services;
import dev.heddle.config.GatewayRoute;
import dev.heddle.control.Callees;
import dev.heddle.session.SessionFactory;
import dev.heddle.telemetry.Counters;
import dev.heddle.telemetry.RouteCounters;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/// All routes of the settings, at work. Without any it has no thread and holds nothing.
///
/// **Thread-safe.**
public final class Gateway implements AutoCloseable {
    private final Map<String, ServedRoute> routes = new LinkedHashMap<>();

    /// @param callees where connections are found by services
    /// @param channels that services may put connections into
    public Gateway(
            List<GatewayRoute> settings,
            Callees callees,
            RouteChannels channels,
            Counters counters) {
        settings.forEach(
                route ->
                        routes.put(
                                route.name(), new ServedRoute(route, callees, channels, counters)));
        if (!settings.isEmpty()) {
            Counters.expect(
                    counters.handshakesRejectedByReason(),
                    List.of(GatewaySessions.REFUSED, GatewaySessions.UNAVAILABLE));
        }
    }

    /// The factory of the sessions of a route's clients.
    public SessionFactory sessions(GatewayRoute route) {
        return new GatewaySessions(Objects.requireNonNull(routes.get(route.name())));
    }

    /// The services that handle commands on `/acc`.
    public Services commands() {
        return new CommandServices(routes.values());
    }

    /// Whether there is any route.
    public boolean hasRoutes() {
        return !routes.isEmpty();
    }

    /// How a route is at a moment.
    ///
    /// @param inFlight events that are sent and not answered
    /// @param waiting events that wait until there is room
    /// @param pending disconnects that are not delivered
    /// @param isSuspended whether the service is left in peace because it fails
    public record Load(
            RouteCounters counted, int inFlight, int waiting, int pending, boolean isSuspended) {}

    /// Shows how each route is.
    public void forEachRoute(Consumer<Load> visitor) {
        routes.values()
                .forEach(
                        route ->
                                visitor.accept(
                                        new Load(
                                                route.counted(),
                                                route.calls().inFlight(),
                                                route.calls().waiting(),
                                                route.disconnects().size(),
                                                route.calls().isSuspended())));
    }

    /// Waits until services have been told of all ends, at most for the given time.
    public void drain(Duration bound) throws InterruptedException {
        long endNanos = System.nanoTime() + bound.toNanos();
        for (ServedRoute route : routes.values()) {
            route.disconnects().drain(Duration.ofNanos(endNanos - System.nanoTime()));
        }
    }

    /// Gives up what is not told, and ends all calls.
    @Override
    public void close() {
        routes.values().forEach(ServedRoute::close);
    }
}

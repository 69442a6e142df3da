package dev.heddle.config;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The rows of one route of the gateway, beside those of the [SettingsTable]: the operator names
/// the routes, so there are as many as somebody sets something of.
///
/// @param endpoint what it has as an endpoint
/// @param service who handles what happens there
/// @param telling what the service is told, and how
record GatewayRows(EndpointRows endpoint, Service service, Telling telling) {
    /// The beginning of the names of all these settings.
    static final String GROUP = "gateway";

    private static final Pattern ROUTE = Pattern.compile("gateway\\.([a-z][a-z0-9-]{0,31})");
    private static final Pattern SETTING = Pattern.compile(ROUTE + "\\.[a-z-]+");
    private static final Pattern VARIABLE = Pattern.compile("HEDDLE_GATEWAY_([A-Z][A-Z0-9_]*)");

    private static final Kind<Duration> TIMEOUT = Kind.span(false);
    private static final Kind<Integer> PENDING = Kind.count(1, 10_000_000);

    /// The rows for the service that handles events.
    record Service(
            Setting<String> to,
            Setting<Duration> timeout,
            Setting<Integer> inFlight,
            Setting<Secret> secret,
            Setting<List<String>> commands) {}

    /// The rows for what a service is told.
    record Telling(
            Setting<List<GatewayEvent>> events,
            Setting<List<String>> headers,
            Setting<Boolean> login,
            Setting<String> failure,
            Setting<Integer> pending,
            Setting<Duration> patience) {}

    /// The rows of the route with that name.
    static GatewayRows of(String route) {
        String group = GROUP + '.' + route + '.';
        return new GatewayRows(EndpointRows.ofRoute(route), service(group), telling(group));
    }

    private static Service service(String group) {
        return new Service(
                new Setting<>(group + "to", GatewayKinds.URL, "", "URL of the service"),
                new Setting<>(
                        group + "timeout",
                        TIMEOUT,
                        "5s",
                        "longest time from an event to its answer"),
                new Setting<>(
                        group + "in-flight",
                        EndpointRows.SOME,
                        "200",
                        "most events without an answer; then clients wait"),
                new Setting<>(
                        group + "secret",
                        GatewayKinds.SECRETS,
                        "",
                        "key that signs events; two while you change it"),
                new Setting<>(
                        group + "commands",
                        GatewayKinds.COMMANDS,
                        "",
                        "commands on /acc that the service handles"));
    }

    private static Telling telling(String group) {
        return new Telling(
                new Setting<>(
                        group + "events",
                        GatewayKinds.EVENTS,
                        "connect,message,disconnect",
                        "events that the service gets"),
                new Setting<>(
                        group + "headers",
                        GatewayKinds.HEADER_NAMES,
                        "authorization,cookie,origin,user-agent",
                        "client headers that the service sees"),
                new Setting<>(
                        group + "login",
                        Kind.choice(),
                        "false",
                        "whether clients need a login token"),
                new Setting<>(
                        group + "failure",
                        GatewayKinds.FAILURE,
                        "{\"error\":\"unavailable\",\"temporary\":true}",
                        "message to a client when no answer comes"),
                new Setting<>(group + "pending", PENDING, "100000", "undelivered disconnects"),
                new Setting<>(
                        group + "patience", TIMEOUT, "1h", "how long disconnects are repeated"));
    }

    /// All rows of a route, in the order in which they are shown.
    List<Setting<?>> all() {
        return Stream.of(
                        List.of(
                                service.to,
                                service.timeout,
                                service.inFlight,
                                service.secret,
                                service.commands,
                                telling.events,
                                telling.headers,
                                telling.login,
                                telling.failure,
                                telling.pending,
                                telling.patience),
                        endpoint.all())
                .<Setting<?>>flatMap(List::stream)
                .toList();
    }

    /// The route that a setting is of; empty if it is of none.
    static Optional<String> route(String name) {
        Matcher setting = SETTING.matcher(name);
        return setting.matches() ? Optional.of(setting.group(1)) : Optional.empty();
    }

    /// Whether the name is the first part of settings: all routes, or one.
    static boolean isGroup(String name) {
        return name.equals(GROUP) || ROUTE.matcher(name).matches();
    }

    /// The setting of that name, whatever its route is called.
    static Optional<Setting<?>> find(String name) {
        return route(name).stream()
                .flatMap(route -> of(route).all().stream())
                .filter(setting -> setting.name().equals(name))
                .findFirst();
    }

    /// The setting that a variable sets: `HEDDLE_GATEWAY_MY_ORDERS_IN_FLIGHT` is
    /// `gateway.my-orders.in-flight`. No option's name is the end of another's.
    static Optional<Setting<?>> findVariable(String variable) {
        Matcher named = VARIABLE.matcher(variable);
        if (!named.matches()) {
            return Optional.empty();
        }
        String dashed = named.group(1).toLowerCase(Locale.ROOT).replace('_', '-');
        return of("any").all().stream()
                .map(setting -> setting.name().substring("gateway.any.".length()))
                .filter(option -> dashed.endsWith('-' + option))
                .map(
                        option ->
                                dashed.substring(0, dashed.length() - option.length() - 1)
                                        + '.'
                                        + option)
                .flatMap(name -> find(GROUP + '.' + name).stream())
                .findFirst();
    }
}

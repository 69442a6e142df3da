package dev.heddle.config;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The endpoints that the server has by itself.
///
/// @param ws the raw hub
/// @param acc users, rooms and channels
/// @param echo what sends everything back; `/benchmark` exists with it
/// @param gateway those whose messages services handle
public record Endpoints(
        EndpointSettings ws, AccSettings acc, EndpointSettings echo, List<GatewayRoute> gateway) {

    public Endpoints {
        gateway = List.copyOf(gateway);
        requireOwnPaths(all(ws, acc, echo, gateway));
    }

    /// The endpoints of a server without a gateway.
    public Endpoints(EndpointSettings ws, AccSettings acc, EndpointSettings echo) {
        this(ws, acc, echo, List.of());
    }

    private static List<EndpointSettings> all(
            EndpointSettings ws,
            AccSettings acc,
            EndpointSettings echo,
            List<GatewayRoute> gateway) {
        List<EndpointSettings> all = new ArrayList<>(List.of(ws, acc.endpoint(), echo));
        gateway.forEach(route -> all.add(route.endpoint()));
        return all;
    }

    /// Whether clients of one of them need a login token.
    boolean needLogin() {
        return all(ws, acc, echo, gateway).stream().anyMatch(EndpointSettings::login);
    }

    /// Whether clients of one of them may compress.
    boolean mayCompress() {
        return List.of(ws, acc.endpoint(), echo).stream()
                .anyMatch(endpoint -> endpoint.enabled() && endpoint.negotiable().deflate());
    }

    /// Refuses endpoints of which two have a path in common.
    ///
    /// @throws IllegalArgumentException if one path would lead to two of them
    private static void requireOwnPaths(List<EndpointSettings> endpoints) {
        Set<String> taken = new HashSet<>();
        endpoints.stream()
                .filter(EndpointSettings::enabled)
                .flatMap(endpoint -> endpoint.paths().stream())
                .filter(path -> !taken.add(path))
                .findFirst()
                .ifPresent(
                        path -> {
                            throw new IllegalArgumentException(
                                    "two endpoints have the path " + path);
                        });
    }

    /// Refuses more endpoints with which two would have a path in common.
    ///
    /// @throws IllegalArgumentException if one path would lead to two of them
    void requireNoConflict(List<EndpointSettings> others) {
        List<EndpointSettings> all = all(ws, acc, echo, gateway);
        all.addAll(others);
        requireOwnPaths(all);
    }

    static Endpoints of(Values values) {
        return new Endpoints(
                EndpointSettings.of(values, SettingsTable.WS)
                        .withEnabled(values.get(SettingsTable.WS_ENABLED))
                        .withRates(MessageRates.of(values))
                        .withLogin(values.get(SettingsTable.WS_LOGIN)),
                AccSettings.of(values),
                EndpointSettings.of(values, SettingsTable.ECHO)
                        .withEnabled(values.get(SettingsTable.DIAGNOSTICS)),
                values.routes().stream().map(name -> GatewayRoute.of(values, name)).toList());
    }
}

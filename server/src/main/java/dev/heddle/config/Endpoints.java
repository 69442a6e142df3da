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
public record Endpoints(EndpointSettings ws, AccSettings acc, EndpointSettings echo) {

    public Endpoints {
        requireOwnPaths(List.of(ws, acc.endpoint(), echo));
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
        List<EndpointSettings> all = new ArrayList<>(List.of(ws, acc.endpoint(), echo));
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
                        .withEnabled(values.get(SettingsTable.DIAGNOSTICS)));
    }
}

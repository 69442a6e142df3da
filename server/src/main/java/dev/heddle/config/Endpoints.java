package dev.heddle.config;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// The endpoints that the server has by itself.
///
/// @param ws the raw hub
/// @param acc users, rooms and channels
/// @param echo what sends everything back; `/benchmark` exists with it
public record Endpoints(EndpointSettings ws, AccSettings acc, EndpointSettings echo) {

    public Endpoints {
        List<String> paths =
                Stream.of(ws, acc.endpoint(), echo)
                        .filter(EndpointSettings::enabled)
                        .flatMap(endpoint -> endpoint.paths().stream())
                        .toList();
        if (Set.copyOf(paths).size() < paths.size()) {
            throw new IllegalArgumentException("two endpoints have a path in common: " + paths);
        }
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

package dev.heddle.config;

import dev.heddle.config.SettingsTable.EndpointRows;

import java.util.List;

/// One endpoint of the public port.
///
/// @param enabled whether it exists
/// @param paths where it is, each path as clients send it; all lead to the same endpoint
/// @param limits bounds of each connection
/// @param rates how much each connection may send
/// @param login whether clients need a login token before they are let in
public record EndpointSettings(
        boolean enabled,
        List<String> paths,
        EndpointLimits limits,
        MessageRates rates,
        boolean login) {

    public EndpointSettings {
        paths = List.copyOf(paths);
        PathList.KIND.require("paths", paths);
    }

    /// An endpoint that exists, to which whoever comes may send as much as they like.
    static EndpointSettings of(Values values, EndpointRows rows) {
        return new EndpointSettings(
                true,
                values.get(rows.paths()),
                EndpointLimits.of(values, rows),
                MessageRates.UNLIMITED,
                false);
    }

    /// The same, if it exists.
    EndpointSettings withEnabled(boolean enabled) {
        return new EndpointSettings(enabled, paths, limits, rates, login);
    }

    /// The same with other rates.
    public EndpointSettings withRates(MessageRates rates) {
        return new EndpointSettings(enabled, paths, limits, rates, login);
    }

    /// The same with or without login tokens.
    public EndpointSettings withLogin(boolean login) {
        return new EndpointSettings(enabled, paths, limits, rates, login);
    }
}

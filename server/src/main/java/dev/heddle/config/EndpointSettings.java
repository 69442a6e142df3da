package dev.heddle.config;

import java.util.List;

/// One endpoint of the public port.
///
/// @param enabled whether it exists
/// @param paths where it is, each path as clients send it; all lead to the same endpoint
/// @param limits bounds of each connection
/// @param rates how much each connection may send
/// @param login whether clients need a login token before they are let in
/// @param negotiable what it agrees on with each client
public record EndpointSettings(
        boolean enabled,
        List<String> paths,
        EndpointLimits limits,
        MessageRates rates,
        boolean login,
        Negotiable negotiable) {

    public EndpointSettings {
        paths = List.copyOf(paths);
        PathList.KIND.require("paths", paths);
    }

    /// An endpoint of your own: with the limits of `/ws`, without login, and each client may send
    /// as much as it likes.
    ///
    /// @throws IllegalArgumentException if it is a path that no client would send so
    public static EndpointSettings at(String... paths) {
        return new EndpointSettings(
                true,
                List.of(paths),
                EndpointLimits.defaults(),
                MessageRates.UNLIMITED,
                false,
                Negotiable.NOTHING);
    }

    /// An endpoint that exists, to which whoever comes may send as much as they like.
    static EndpointSettings of(Values values, EndpointRows rows) {
        return new EndpointSettings(
                true,
                values.get(rows.paths()),
                EndpointLimits.of(values, rows),
                MessageRates.UNLIMITED,
                false,
                Negotiable.of(values, rows.negotiated()));
    }

    /// The same, if it exists.
    EndpointSettings withEnabled(boolean exists) {
        return new EndpointSettings(exists, paths, limits, rates, login, negotiable);
    }

    /// The same with other limits.
    public EndpointSettings withLimits(EndpointLimits other) {
        return new EndpointSettings(enabled, paths, other, rates, login, negotiable);
    }

    /// The same with other rates.
    public EndpointSettings withRates(MessageRates other) {
        return new EndpointSettings(enabled, paths, limits, other, login, negotiable);
    }

    /// The same with or without login tokens.
    public EndpointSettings withLogin(boolean needed) {
        return new EndpointSettings(enabled, paths, limits, rates, needed, negotiable);
    }

    /// The same with other subprotocols.
    public EndpointSettings withSubprotocols(Subprotocols other) {
        return new EndpointSettings(
                enabled, paths, limits, rates, login, negotiable.withSubprotocols(other));
    }

    /// The same with or without compression.
    public EndpointSettings withDeflate(boolean offered) {
        return new EndpointSettings(
                enabled, paths, limits, rates, login, negotiable.withDeflate(offered));
    }

    /// Which subprotocols it speaks.
    public Subprotocols subprotocols() {
        return negotiable.subprotocols();
    }

    /// Whether messages are compressed for clients that can.
    public boolean deflate() {
        return negotiable.deflate();
    }
}

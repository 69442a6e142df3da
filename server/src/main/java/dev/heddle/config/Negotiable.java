package dev.heddle.config;

/// The parts that an endpoint agrees on with each client in the opening handshake.
///
/// @param subprotocols which it speaks
/// @param deflate whether messages are compressed for clients that can (RFC 7692)
public record Negotiable(Subprotocols subprotocols, boolean deflate) {
    /// No subprotocol, and no compression.
    public static final Negotiable NOTHING = new Negotiable(Subprotocols.NONE, false);

    static Negotiable of(Values values, EndpointRows.Negotiated rows) {
        return new Negotiable(
                new Subprotocols(values.get(rows.subprotocols()), values.get(rows.required())),
                values.get(rows.deflate()));
    }

    /// The same with other subprotocols.
    Negotiable withSubprotocols(Subprotocols other) {
        return new Negotiable(other, deflate);
    }

    /// The same with or without compression.
    Negotiable withDeflate(boolean offered) {
        return new Negotiable(subprotocols, offered);
    }
}

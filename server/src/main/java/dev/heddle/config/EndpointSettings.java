package dev.heddle.config;

/// One endpoint of the public port.
///
/// @param enabled whether it exists
/// @param limits bounds of each connection
/// @param rates how much each connection may send
/// @param login whether clients need a login token before they are let in
public record EndpointSettings(
        boolean enabled, EndpointLimits limits, MessageRates rates, boolean login) {}

package dev.heddle.config;

import java.util.List;

/// What the HTTP API on the internal port asks and bears.
///
/// @param apiKey what callers must know; may be absent on a loopback address only
/// @param allowOrigins origins whose pages may call it, each exactly as a browser sends it
/// @param maxConnections open connections of the internal port
/// @param maxBodyBytes body of one request
/// @param maxMessageIds message ids that are remembered, so that none is sent twice
public record ApiSettings(
        Secret apiKey,
        List<String> allowOrigins,
        int maxConnections,
        int maxBodyBytes,
        int maxMessageIds) {

    public ApiSettings {
        allowOrigins = List.copyOf(allowOrigins);
        Keys.API_KEY.require(apiKey);
        Keys.API_ALLOW_ORIGIN.require(allowOrigins);
        Keys.API_CONNECTIONS.require(maxConnections);
        Keys.API_BODY_BYTES.require((long) maxBodyBytes);
        Keys.API_MESSAGE_IDS.require(maxMessageIds);
    }

    static ApiSettings of(Values values) {
        return new ApiSettings(
                values.get(Keys.API_KEY),
                values.get(Keys.API_ALLOW_ORIGIN),
                values.get(Keys.API_CONNECTIONS),
                values.bytes(Keys.API_BODY_BYTES),
                values.get(Keys.API_MESSAGE_IDS));
    }

    /// The same with fewer connections.
    public ApiSettings withMaxConnections(int fewer) {
        return new ApiSettings(apiKey, allowOrigins, fewer, maxBodyBytes, maxMessageIds);
    }

    /// Whether an internal port may listen there with that key.
    static boolean mayListen(String internalHost, Secret apiKey) {
        return apiKey.isSet() || Kind.isLoopback(internalHost);
    }
}

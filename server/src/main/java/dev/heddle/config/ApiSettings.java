package dev.heddle.config;

import java.util.List;

/// The settings of the HTTP API on the internal port.
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
        SettingsTable.API_KEY.require(apiKey);
        SettingsTable.API_ALLOW_ORIGIN.require(allowOrigins);
        SettingsTable.API_CONNECTIONS.require(maxConnections);
        SettingsTable.API_BODY_BYTES.require((long) maxBodyBytes);
        SettingsTable.API_MESSAGE_IDS.require(maxMessageIds);
    }

    static ApiSettings of(Values values) {
        return new ApiSettings(
                values.get(SettingsTable.API_KEY),
                values.get(SettingsTable.API_ALLOW_ORIGIN),
                values.get(SettingsTable.API_CONNECTIONS),
                values.bytes(SettingsTable.API_BODY_BYTES),
                values.get(SettingsTable.API_MESSAGE_IDS));
    }

    /// The same with fewer connections.
    public ApiSettings withMaxConnections(int fewer) {
        return new ApiSettings(apiKey, allowOrigins, fewer, maxBodyBytes, maxMessageIds);
    }
}

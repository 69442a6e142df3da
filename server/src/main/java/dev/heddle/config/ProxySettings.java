package dev.heddle.config;

import java.time.Duration;
import java.util.List;

/// The proxies before the public port, and how they say who their clients are.
///
/// @param trusted networks whose connections are those of proxies; nobody is believed if empty
/// @param header in which they say for whom a request is
/// @param protocol whether each of their connections begins with a header of the PROXY protocol
/// @param deadline from accept until that header is whole
public record ProxySettings(
        List<Network> trusted, ClientHeader header, boolean protocol, Duration deadline) {

    public ProxySettings {
        trusted = List.copyOf(trusted);
        SettingsTable.PROXY_DEADLINE.require(deadline);
        if (protocol && trusted.isEmpty()) {
            throw new IllegalArgumentException("proxy.protocol needs proxy.trusted");
        }
    }

    static ProxySettings of(Values values) {
        return new ProxySettings(
                values.get(SettingsTable.PROXY_TRUSTED),
                values.get(SettingsTable.PROXY_HEADER),
                values.get(SettingsTable.PROXY_PROTOCOL),
                values.get(SettingsTable.PROXY_DEADLINE));
    }
}

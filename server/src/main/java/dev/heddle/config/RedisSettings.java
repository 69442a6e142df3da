package dev.heddle.config;

import java.time.Duration;

/// Where the Redis or Valkey is that many nodes share.
///
/// @param uri of it; empty for none
/// @param password empty for none
/// @param namespace before all that Heddle keeps there, so that several systems may share one Redis
/// @param connections that a node asks on at once
/// @param timeout that a node waits for an answer
/// @param required whether new clients are to go elsewhere while it cannot be reached
public record RedisSettings(
        String uri,
        Secret password,
        String namespace,
        int connections,
        Duration timeout,
        boolean required) {

    static RedisSettings of(Values values) {
        ClusterRows rows = SettingsTable.CLUSTER;
        return new RedisSettings(
                values.get(rows.uri()),
                values.get(rows.password()),
                values.get(rows.namespace()),
                values.get(rows.connections()),
                values.get(rows.timeout()),
                values.get(rows.required()));
    }

    /// Whether there is one: without it there is no [#address].
    public boolean isSet() {
        return !uri.isEmpty();
    }

    /// The address of the Redis.
    public RedisAddress address() {
        return RedisAddress.parse(uri).orElseThrow();
    }
}

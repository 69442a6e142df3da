package dev.heddle.config;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

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

    private static final int USUAL_PORT = 6379;

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

    /// Whether there is one: without it there is nothing to ask of [#host] and the like.
    public boolean isSet() {
        return !uri.isEmpty();
    }

    private URI parsed() {
        return URI.create(uri);
    }

    /// The host, an IPv6 address without brackets.
    public String host() {
        String host = parsed().getHost();
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    public int port() {
        int port = parsed().getPort();
        return port < 0 ? USUAL_PORT : port;
    }

    /// Whether it speaks TLS.
    public boolean tls() {
        return parsed().getScheme().equals("rediss");
    }

    /// The user; empty for the usual one.
    public String user() {
        return Optional.ofNullable(parsed().getUserInfo()).orElse("");
    }

    /// The number of the database.
    public int database() {
        String path = parsed().getPath();
        return path.length() < 2 ? 0 : Integer.parseInt(path.substring(1));
    }
}

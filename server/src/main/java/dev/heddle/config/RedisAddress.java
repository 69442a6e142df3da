package dev.heddle.config;

import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Where a Redis is: one server, or the Sentinels that know which server is the primary now.
///
/// @param servers the Redis itself, or the Sentinels; never empty
/// @param tls whether all of them speak TLS
/// @param user of the Redis; empty for the usual one
/// @param database its number
/// @param primary the name by which the Sentinels know the Redis; empty for a Redis without them
public record RedisAddress(
        List<Server> servers, boolean tls, String user, int database, String primary) {

    private static final int REDIS_PORT = 6379;
    private static final int SENTINEL_PORT = 26379;

    private static final Pattern FORM =
            Pattern.compile(
                    "redis(?<tls>s?)(?<sentinel>-sentinel)?://((?<user>[^@:/?#]+)@)?"
                            + "(?<servers>[^@/?#]+)(/(?<database>[0-9]{0,4}))?"
                            + "(#(?<primary>[A-Za-z0-9._-]+))?");

    /// A host and a port of it.
    ///
    /// @param host an IPv6 address without brackets
    public record Server(String host, int port) {}

    public RedisAddress {
        servers = List.copyOf(servers);
    }

    /// Whether Sentinels say where the Redis is.
    public boolean hasSentinels() {
        return !primary.isEmpty();
    }

    /// Reads `redis://user@host:port/database`, `rediss://` with TLS, or
    /// `redis-sentinel://user@host:port,host:port/database#primary` (`rediss-sentinel://` with
    /// TLS); nothing if it is none of these.
    static Optional<RedisAddress> parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            return Optional.empty();
        }
        boolean hasSentinels = form.group("sentinel") != null;
        String primary = Optional.ofNullable(form.group("primary")).orElse("");
        List<Server> servers = new ArrayList<>();
        for (String name : form.group("servers").split(",", -1)) {
            server(name, hasSentinels ? SENTINEL_PORT : REDIS_PORT).ifPresent(servers::add);
        }
        boolean isWhole =
                servers.size() == form.group("servers").split(",", -1).length
                        && hasSentinels != primary.isEmpty()
                        && (hasSentinels || servers.size() == 1);
        String database = Optional.ofNullable(form.group("database")).orElse("");
        return user(form.group("user"))
                .filter(_ -> isWhole)
                .map(
                        user ->
                                new RedisAddress(
                                        servers,
                                        !form.group("tls").isEmpty(),
                                        user,
                                        database.isEmpty() ? 0 : Integer.parseInt(database),
                                        primary));
    }

    private static Optional<Server> server(String name, int usualPort) {
        try {
            URI uri = new URI("redis://" + name);
            String host = uri.getHost();
            if (host == null || uri.getPort() == 0 || uri.getPort() > 0xFFFF) {
                return Optional.empty();
            }
            return Optional.of(
                    new Server(
                            host.startsWith("[") ? host.substring(1, host.length() - 1) : host,
                            uri.getPort() < 0 ? usualPort : uri.getPort()));
        } catch (URISyntaxException none) {
            return Optional.empty();
        }
    }

    private static Optional<String> user(@Nullable String written) {
        try {
            return Optional.of(
                    written == null ? "" : new URI("redis://" + written + "@host").getUserInfo());
        } catch (URISyntaxException none) {
            return Optional.empty();
        }
    }
}

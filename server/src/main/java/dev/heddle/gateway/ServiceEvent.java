package dev.heddle.gateway;

import dev.heddle.config.GatewayEvent;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// An event for a service, as CloudEvents 1.0 has it.
///
/// Immutable but for the body's array, which nobody changes.
///
/// @param kind what has happened
/// @param origin with which connection
/// @param number of the event within its connection, from 1
/// @param time when, as RFC 3339 has it
/// @param data what else there is to say
record ServiceEvent(GatewayEvent kind, Origin origin, int number, String time, Data data) {
    /// The beginning of the names of all attributes in HTTP.
    static final String PREFIX = "ce-";

    /// The connection of an event.
    ///
    /// @param connection its name, which is never used again
    /// @param route of the gateway
    /// @param address of the client, as `host:port`
    /// @param user who has logged in; nobody if empty
    /// @param subprotocol the one that is agreed on
    /// @param state what the service has last said that it is
    record Origin(
            String connection,
            String route,
            String address,
            Optional<String> user,
            Optional<String> subprotocol,
            Optional<String> state) {}

    /// The payload of an event.
    ///
    /// @param type media type of the bytes
    /// @param command on `/acc` whose data it is
    record Data(String type, byte[] bytes, Optional<String> command) {
        Data(String type, byte[] bytes) {
            this(type, bytes, Optional.empty());
        }

        static final String JSON = "application/json";
        static final String TEXT = "text/plain; charset=utf-8";
        static final String BINARY = "application/octet-stream";
    }

    /// An event that happens now.
    static ServiceEvent now(GatewayEvent kind, Origin origin, int number, Data data) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        return new ServiceEvent(kind, origin, number, now.toString(), data);
    }

    /// The service's word for a kind of event: `message`.
    static String word(GatewayEvent kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    /// The event's id: the same however often it is sent, and no other event's.
    String id() {
        return origin.connection + '-' + number;
    }

    /// The attributes, name and value by turns, as headers of HTTP, in the order of their names.
    String[] attributes() {
        List<String> all = new ArrayList<>(28);
        add(all, "address", origin.address);
        add(all, "command", data.command.orElse(null));
        add(all, "connectionid", origin.connection);
        add(all, "eventnumber", Integer.toString(number));
        add(all, "id", id());
        add(all, "route", origin.route);
        add(all, "source", "/gateway/" + origin.route);
        add(all, "specversion", "1.0");
        add(all, "state", origin.state.orElse(null));
        add(all, "subject", origin.connection);
        add(all, "subprotocol", origin.subprotocol.orElse(null));
        add(all, "time", time);
        add(all, "type", "heddle." + word(kind));
        add(all, "userid", origin.user.orElse(null));
        return all.toArray(String[]::new);
    }

    private static void add(List<String> all, String name, @Nullable String value) {
        if (value != null) {
            all.add(PREFIX + name);
            all.add(encoded(value));
        }
    }

    /// A value as HTTP carries it: what is not visible ASCII, quotes and percent signs in percent
    /// encoding (CloudEvents' HTTP binding, section 3.1.3.2).
    static String encoded(String value) {
        if (isPlain(value)) {
            return value;
        }
        StringBuilder encoded = new StringBuilder();
        for (byte each : value.getBytes(StandardCharsets.UTF_8)) {
            if (isPlain(each)) {
                encoded.append((char) each);
            } else {
                encoded.append('%').append("%02X".formatted(each));
            }
        }
        return encoded.toString();
    }

    /// Whether a value is the same in HTTP.
    static boolean isPlain(String value) {
        return value.chars().allMatch(ServiceEvent::isPlain);
    }

    private static boolean isPlain(int c) {
        return c > ' ' && c <= '~' && c != '"' && c != '%';
    }
}

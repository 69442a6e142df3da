package dev.heddle.auth;

import com.nimbusds.jose.util.JSONObjectUtils;

import dev.heddle.channel.ChannelName;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The claims of a token (RFC 7519 section 4.1), whether they are true or not.
///
/// @param subject `sub`: the user
/// @param expires `exp`
/// @param notBefore `nbf`
/// @param audience `aud`: whom it is for; empty if it does not say
/// @param issuer `iss`: the party that has made it
/// @param rooms `appIDs`: the rooms that it allows; absent if all
/// @param channels `channels`: those that the client is subscribed to at login
/// @param info `info`: what others may know of the user, a JSON object
record Claims(
        Optional<String> subject,
        Optional<Instant> expires,
        Optional<Instant> notBefore,
        List<String> audience,
        Optional<String> issuer,
        Optional<Set<Integer>> rooms,
        List<String> channels,
        Optional<String> info) {

    static final String ROOMS = "appIDs";

    private static final int MAX_INFO_CHARS = 1024;

    /// The last second of the year 9999, for which issuers that mean never may write anything.
    private static final long LAST_SECOND = 253_402_300_799L;

    /// Takes the claims out of a payload.
    ///
    /// @throws ParseException if one of those that matter is not what it should be; its message may
    ///   quote it
    static Claims of(@Nullable Map<String, Object> payload) throws ParseException {
        if (payload == null) {
            throw new ParseException("no JSON object", 0);
        }
        return new Claims(
                Optional.ofNullable(JSONObjectUtils.getString(payload, "sub"))
                        .filter(subject -> !subject.isEmpty()),
                instant(payload, "exp"),
                instant(payload, "nbf"),
                audience(payload),
                Optional.ofNullable(JSONObjectUtils.getString(payload, "iss")),
                rooms(payload),
                channels(payload),
                info(payload));
    }

    private static Optional<Instant> instant(Map<String, Object> payload, String name)
            throws ParseException {
        if (!payload.containsKey(name)) {
            return Optional.empty();
        }
        if (!(payload.get(name) instanceof Number seconds) || Double.isNaN(seconds.doubleValue())) {
            throw new ParseException(name + " is no number", 0);
        }
        long bounded = Math.clamp(seconds.longValue(), 0, LAST_SECOND);
        return Optional.of(Instant.ofEpochSecond(bounded));
    }

    private static List<String> audience(Map<String, Object> payload) throws ParseException {
        return switch (payload.get("aud")) {
            case null -> List.of();
            case String one -> List.of(one);
            default -> List.of(JSONObjectUtils.getStringArray(payload, "aud"));
        };
    }

    private static List<String> channels(Map<String, Object> payload) throws ParseException {
        if (!payload.containsKey("channels")) {
            return List.of();
        }
        List<String> channels = JSONObjectUtils.getStringList(payload, "channels");
        if (channels == null || !channels.stream().allMatch(ChannelName::isValid)) {
            throw new ParseException("channels is no list of names", 0);
        }
        return channels;
    }

    private static Optional<String> info(Map<String, Object> payload) throws ParseException {
        if (!payload.containsKey("info")) {
            return Optional.empty();
        }
        String info = JSONObjectUtils.toJSONString(JSONObjectUtils.getJSONObject(payload, "info"));
        if (info.length() > MAX_INFO_CHARS
                || !StandardCharsets.UTF_8.newEncoder().canEncode(info)) {
            throw new ParseException("info is too long, or no Unicode", 0);
        }
        return Optional.of(info);
    }

    /// A list of numbers; numbers in quotes will do. A value that cannot be understood must not
    /// become empty, which would mean all.
    private static Optional<Set<Integer>> rooms(Map<String, Object> payload) throws ParseException {
        if (!payload.containsKey(ROOMS)) {
            return Optional.empty();
        }
        if (!(payload.get(ROOMS) instanceof List<?> list)) {
            throw new ParseException(ROOMS + " is no list", 0);
        }
        Set<Integer> rooms = new HashSet<>();
        for (Object room : list) {
            try {
                rooms.add(Integer.valueOf(String.valueOf(room)));
            } catch (NumberFormatException none) {
                throw new ParseException(ROOMS + " has something else than numbers", 0);
            }
        }
        return Optional.of(rooms);
    }
}

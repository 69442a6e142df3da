package dev.heddle.user;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The names by which services call connections: `k3v9q0x1ma-17`. A connection's id is never used
/// again by this process. Its name is never used again at all, on no node, so a service with an old
/// name reaches no other client.
///
/// **Immutable.**
///
/// @param process what all names of this process begin with, in lower case
public record ConnectionNames(String process) {
    private static final Pattern NAME = Pattern.compile("(?:([0-9a-z]{10})-)?([0-9]{1,18})");
    private static final int RANDOM_BITS = 50;
    private static final int LENGTH = 10;

    /// The names of a process that has just begun.
    public static ConnectionNames random() {
        String digits = new BigInteger(RANDOM_BITS, new SecureRandom()).toString(32);
        return new ConnectionNames("0".repeat(LENGTH - digits.length()) + digits);
    }

    /// The name of a connection.
    public String of(long id) {
        return process + '-' + id;
    }

    /// The id of the connection with that name, or that id; empty if it is none of this process.
    public OptionalLong id(String name) {
        Matcher parts = NAME.matcher(name);
        boolean isOurs =
                parts.matches() && (parts.group(1) == null || parts.group(1).equals(process));
        return isOurs ? OptionalLong.of(Long.parseLong(parts.group(2))) : OptionalLong.empty();
    }

    /// The other process that may have made that name; empty if it is this one, or the name none.
    public Optional<String> otherProcess(String name) {
        Matcher parts = NAME.matcher(name);
        return parts.matches()
                ? Optional.ofNullable(parts.group(1)).filter(other -> !other.equals(process))
                : Optional.empty();
    }
}

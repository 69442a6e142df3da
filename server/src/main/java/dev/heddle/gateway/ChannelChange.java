package dev.heddle.gateway;

import dev.heddle.channel.ChannelName;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The channels that a service puts a connection into, and those that it takes it out of.
///
/// @param join names of channels, each once
/// @param leave names of other channels
record ChannelChange(Set<String> join, Set<String> leave) {
    static final ChannelChange NONE = new ChannelChange(Set.of(), Set.of());

    ChannelChange {
        join = Set.copyOf(join);
        leave = Set.copyOf(leave);
    }

    /// Only joins.
    static ChannelChange joining(Set<String> names) {
        return new ChannelChange(names, Set.of());
    }

    /// Reads the values of two headers: names with commas between, where percent signs, commas and
    /// what is not visible ASCII are percent-encoded; empty if they are none.
    static Optional<ChannelChange> read(List<String> join, List<String> leave) {
        if (join.isEmpty() && leave.isEmpty()) {
            return Optional.of(NONE);
        }
        try {
            return Optional.of(new ChannelChange(names(join), names(leave)))
                    .filter(change -> areNames(change.join) && areNames(change.leave));
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    private static Set<String> names(List<String> values) {
        Set<String> names = new HashSet<>();
        for (String value : values) {
            Arrays.stream(value.split(",", -1)).map(ChannelChange::decoded).forEach(names::add);
        }
        return names;
    }

    /// A plus sign is one, since these are no fields of a form.
    private static String decoded(String name) {
        return URLDecoder.decode(name.strip().replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    boolean isNone() {
        return join.isEmpty() && leave.isEmpty();
    }

    /// Whether channels can have all these names.
    static boolean areNames(Set<String> names) {
        return names.stream().allMatch(name -> name != null && ChannelName.isValid(name));
    }
}

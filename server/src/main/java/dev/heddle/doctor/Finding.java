package dev.heddle.doctor;

import java.util.Optional;
import java.util.OptionalLong;

/// The result of one check.
///
/// @param name what was looked at
/// @param mark whether that is good enough
/// @param value what it is, for the reader
/// @param connections how many it allows; empty if it does not limit their number
/// @param why how it limits connections, or what it limits instead
/// @param change what would be enough; empty if it is, and if nothing can be written for it
record Finding(
        String name,
        Mark mark,
        String value,
        OptionalLong connections,
        String why,
        Optional<Change> change) {

    /// The judgement of a finding.
    enum Mark {
        /// The limit is high enough.
        GOOD,
        /// The limit does not stop the server, but could be better.
        ADVICE,
        /// The limit allows fewer connections than the goal.
        TOO_FEW,
        /// The server cannot work with this.
        FAULT,
        /// The limit could not be read.
        UNKNOWN
    }

    /// Something that allows so many connections and no more; more than an `int` is no limit.
    static Finding cap(
            String name, String value, long connections, Patient patient, String why, Change line) {
        long most = Math.max(0, connections);
        return new Finding(
                name,
                most < patient.goal() ? Mark.TOO_FEW : Mark.GOOD,
                value,
                most < Integer.MAX_VALUE ? OptionalLong.of(most) : OptionalLong.empty(),
                why,
                most < patient.goal() ? Optional.of(line) : Optional.empty());
    }

    /// Something that does not limit connections, and is as it should be.
    static Finding good(String name, String value, String why) {
        return of(name, Mark.GOOD, value, why, Optional.empty());
    }

    /// Something that does not limit connections, and is as it should be or could be better.
    static Finding note(String name, String value, boolean isEnough, String why, Change line) {
        return isEnough
                ? good(name, value, why)
                : of(name, Mark.ADVICE, value, why, Optional.of(line));
    }

    /// Something that does not stop the server, but could be better.
    static Finding advice(String name, String value, String why) {
        return of(name, Mark.ADVICE, value, why, Optional.empty());
    }

    /// Something that the server cannot work with.
    static Finding fault(String name, String value, String why) {
        return of(name, Mark.FAULT, value, why, Optional.empty());
    }

    /// Something that another server does not tell.
    static Finding untold(String name, String why) {
        return of(name, Mark.UNKNOWN, "cannot be asked", why, Optional.empty());
    }

    /// This finding, with a line that would be enough.
    Finding with(Change line) {
        return new Finding(name, mark, value, connections, why, Optional.of(line));
    }

    /// Something that cannot be read.
    ///
    /// @param where it should have been, from the root
    static Finding unknown(String name, String where) {
        return of(name, Mark.UNKNOWN, "unknown", "/" + where + " cannot be read", Optional.empty());
    }

    private static Finding of(
            String name, Mark mark, String value, String why, Optional<Change> change) {
        return new Finding(name, mark, value, OptionalLong.empty(), why, change);
    }
}

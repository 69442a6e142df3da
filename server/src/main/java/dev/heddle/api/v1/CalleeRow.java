package dev.heddle.api.v1;

import dev.heddle.control.Callee;

import org.jspecify.annotations.Nullable;

/// One connection to a route of the gateway, as a caller sees it.
///
/// @param id its name, which no other connection ever has
/// @param user who has logged in on it; `null` if nobody has
/// @param since when it was opened, as RFC 3339 has it
record CalleeRow(String id, String route, @Nullable String user, String address, String since) {

    static CalleeRow of(String id, Callee.Description callee) {
        return new CalleeRow(
                id, callee.route(), callee.user(), callee.address(), callee.since().toString());
    }
}

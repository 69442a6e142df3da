package dev.heddle.session;

import dev.heddle.endpoint.Endpoint;
import dev.heddle.hub.Fanout;

import org.jspecify.annotations.Nullable;

import java.util.Optional;

/// The common parts of the sessions of one [Endpoint].
///
/// @param endpoint what messages go to
/// @param rates how much each session may send; as much as it likes if `null`
/// @param everyone what all sessions subscribe to while they are open; nothing if `null`
/// @param subprotocol the one that is agreed on with their clients: those of another one share
///   another context
record EndpointContext(
        Endpoint endpoint,
        Throttle.@Nullable Rates rates,
        @Nullable Fanout everyone,
        Optional<String> subprotocol) {}

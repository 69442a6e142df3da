package dev.heddle.session;

import dev.heddle.http.RequestHead;

import java.net.InetSocketAddress;
import java.util.Optional;

/// A client that asks for a WebSocket, and would get one.
///
/// @param id names its connection for as long as this process lives
/// @param address where it is
/// @param head its request, a valid opening handshake
/// @param user who has logged in with the request; empty if nobody needs to
/// @param subprotocol the one that is agreed on so far
public record Arrival(
        long id,
        InetSocketAddress address,
        RequestHead head,
        Optional<String> user,
        Optional<String> subprotocol) {}

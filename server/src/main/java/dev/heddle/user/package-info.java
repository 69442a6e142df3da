/// Users: who is logged in to which room with which connections, who is online, and how a message
/// reaches a user, a room or a connection.
///
/// Place on the path: between commands (or the internal HTTP API) and hub and outboxes. Any thread
/// may call it. It must not know of JSON requests, of sockets, or of HTTP.
@NullMarked
package dev.heddle.user;

import org.jspecify.annotations.NullMarked;

/// Users: their logins to rooms and their connections, whether they are online, and the way of a
/// message to a user, a room or a connection.
///
/// Place on the path: between commands (or the internal HTTP API) and hub and outboxes. Any thread
/// may call it. It must not know of JSON requests, of sockets, or of HTTP.
@NullMarked
package dev.heddle.user;

import org.jspecify.annotations.NullMarked;

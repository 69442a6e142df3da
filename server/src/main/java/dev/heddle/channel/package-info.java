/// Channels: who is subscribed to which, what each subscriber gets from when on, and who is told of
/// whom.
///
/// Place on the path: between commands (or the internal HTTP API) and broker and hubs. Any thread
/// may call it. It must not know of requests, of sockets, or of HTTP.
@NullMarked
package dev.heddle.channel;

import org.jspecify.annotations.NullMarked;

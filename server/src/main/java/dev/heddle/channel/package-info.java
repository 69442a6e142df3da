/// Channels: their subscribers, what each subscriber gets and from when on, and the announcements
/// of users.
///
/// Place on the path: between commands (or the internal HTTP API) and broker and hubs. Any thread
/// may call it. It must not know of requests, of sockets, or of HTTP.
@NullMarked
package dev.heddle.channel;

import org.jspecify.annotations.NullMarked;

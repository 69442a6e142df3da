/// Request heads and bodies of HTTP/1.1 and 1.0 under limits, and responses (RFC 9112): reject,
/// never repair.
///
/// Place on the path: between a new connection and its opening handshake; the internal port is
/// served with it too. Runs on the connection's thread; only [dev.heddle.http.HeadReader] and
/// [dev.heddle.http.BodyReader] block. It must not know of WebSocket, nor of what a path means.
@NullMarked
package dev.heddle.http;

import org.jspecify.annotations.NullMarked;

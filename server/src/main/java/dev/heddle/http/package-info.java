/// One HTTP/1.1 request head under limits, and one response (RFC 9112): reject, never repair.
///
/// Place on the path: between a new connection and its opening handshake. Runs on the connection's
/// thread; only [dev.heddle.http.HeadReader] blocks. It must not know of WebSocket, nor of what a
/// path means. No request has a body here.
@NullMarked
package dev.heddle.http;

import org.jspecify.annotations.NullMarked;

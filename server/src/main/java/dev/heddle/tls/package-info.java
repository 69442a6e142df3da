/// TLS 1.2 and 1.3 (RFC 8446) over the sockets of a port: identities, handshakes, records.
///
/// Place on the path: between a connection's socket and the code that reads and writes it. A
/// connection's own thread does the handshake and reads; a writer's thread may write meanwhile.
/// Deadlines act on the socket below, which this package never closes. It must not know of
/// connections, HTTP or WebSockets.
@NullMarked
package dev.heddle.tls;

import org.jspecify.annotations.NullMarked;

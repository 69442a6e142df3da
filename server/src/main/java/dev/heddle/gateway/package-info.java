/// Endpoints whose messages services handle: each connection's beginning, messages and end are told
/// to a service as CloudEvents 1.0, and its answers decide about the client and go to it.
///
/// Place on the path: beside the other endpoints; a [dev.heddle.session.SessionFactory] decides
/// about arrivals, and its sessions call the service on the connection's own thread. That thread
/// waits for the answer, and so does its client, by TCP; nobody else does. Ends of connections are
/// told by a few threads of their own. The package must not know of sockets, of the HTTP of the
/// internal port, or of users and rooms.
@NullMarked
package dev.heddle.gateway;

import org.jspecify.annotations.NullMarked;

/// Messages of RFC 6455: fragments joined (section 5.4), text validated as UTF-8 while it arrives
/// (section 8.1), Close frames decoded, and the closing handshake as a state machine (section 7).
///
/// Place on the path: between frames and endpoints. Runs on the connection's own thread; only
/// [dev.heddle.message.MessageReader] blocks, in the frame reader below it. It must not know of
/// sockets, of other connections, or of what a message is for.
@NullMarked
package dev.heddle.message;

import org.jspecify.annotations.NullMarked;

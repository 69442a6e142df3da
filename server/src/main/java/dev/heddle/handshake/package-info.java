/// The opening handshake of RFC 6455, section 4.2: a request head is accepted or rejected. Pure.
///
/// Place on the path: between HTTP and frames. Any thread may call it; nothing here blocks. It must
/// not know of sockets or sessions.
@NullMarked
package dev.heddle.handshake;

import org.jspecify.annotations.NullMarked;

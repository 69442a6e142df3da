/// One client's life above frames: what it sends goes to its endpoint, what others publish goes to
/// its outbox, and the closing handshake ends it.
///
/// Place on the path: between messages and the hub. A session's incoming side runs on its
/// connection's thread; any thread may close it. It must not know of sockets.
@NullMarked
package dev.heddle.session;

import org.jspecify.annotations.NullMarked;

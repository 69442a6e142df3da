/// A connection's outgoing queue, bounded in messages and bytes, and its write loop.
///
/// Place on the path: between the hub (or a connection's own answers) and the socket. Any thread
/// may offer; virtual threads that exist only while there is something to write do the writing. It
/// must not know what a frame says, nor who else is connected.
@NullMarked
package dev.heddle.outbox;

import org.jspecify.annotations.NullMarked;

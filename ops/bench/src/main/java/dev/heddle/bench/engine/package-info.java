/// Many WebSocket clients on one thread: a selector, one read buffer and one write buffer for all,
/// frames decoded where they arrived, a small object for each connection, nothing allocated per
/// message.
///
/// Everything here belongs to the thread that calls [dev.heddle.bench.engine.Loop#turn]; what it
/// tells goes to [dev.heddle.bench.engine.Events] on that thread. Times are [System#nanoTime]'s,
/// which on Linux is one clock for all processes of a machine. RFC 6455.
@NullMarked
package dev.heddle.bench.engine;

import org.jspecify.annotations.NullMarked;

/// Sockets of our own for the public port, on Linux: a file descriptor, epoll, and virtual threads
/// that park.
///
/// Place on the path: beneath `net`, which sees a plain [java.net.ServerSocket] and the plain
/// [java.net.Socket]s that it accepts. One platform thread waits for all of the virtual pollers,
/// and those wake the connections' threads. It must not know what is sent.
@NullMarked
package dev.heddle.net.transport;

import org.jspecify.annotations.NullMarked;

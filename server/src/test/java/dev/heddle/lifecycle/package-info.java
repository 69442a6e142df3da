/// The server's life as its operator sees it: the real jar in a process of its own, its limits, its
/// signals, its internal port.
@NullMarked
package dev.heddle.lifecycle;

import org.jspecify.annotations.NullMarked;

/// The broker: the log of each channel, which gives every publication its place, keeps the last
/// ones as history, and hands each to the nodes that have subscribers.
///
/// Place on the path: between who publishes and the hubs. Any thread may call it. It is a port: the
/// engine in memory serves one node. To it a user is a name in a message; it must not know of
/// clients or frames.
@NullMarked
package dev.heddle.broker;

import org.jspecify.annotations.NullMarked;

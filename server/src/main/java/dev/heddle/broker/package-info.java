/// The broker: the log of each channel, which gives every publication its place, keeps the last
/// ones as history, and hands each to the nodes that have subscribers.
///
/// Place on the path: between who publishes and the hubs. Any thread may call it. It is a port: the
/// engine in memory serves one node. It must not know of clients, users or frames.
@NullMarked
package dev.heddle.broker;

import org.jspecify.annotations.NullMarked;

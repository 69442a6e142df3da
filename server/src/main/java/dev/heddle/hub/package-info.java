/// The hub: the one owner of the lists of subscribers. It takes publications in one order and hands
/// each to all subscribers.
///
/// Place on the path: between endpoints and outboxes. One virtual thread runs the hub's loop; any
/// thread may subscribe and publish, and waits when the hub is behind. It must not know of sockets
/// or sessions: a subscriber is something that takes encoded frames.
@NullMarked
package dev.heddle.hub;

import org.jspecify.annotations.NullMarked;

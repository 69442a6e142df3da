/// The engine over Redis or Valkey, which makes many nodes one system: the log of each channel is
/// kept there, and each node listens for what is published in the channels that it has subscribers
/// for.
///
/// Place on the path: as [dev.heddle.broker]. Alone in importing the client of Redis. What Redis
/// says by Pub/Sub may be lost at any time, and counts as a hint: the log is the truth, offsets
/// show what is missing, and it is read from the log before anything later is handed on.
///
/// Threads: those who publish and read histories wait for Redis, at most for the timeout. One
/// thread listens, one says to Redis what is listened for and proves that the way is open, and each
/// channel has a virtual thread while there is something to hand on.
@NullMarked
package dev.heddle.broker.redis;

import org.jspecify.annotations.NullMarked;

/// The engine in memory: histories, epochs and ids of one node, which last as long as its process.
///
/// Place on the path: behind [dev.heddle.broker.Broker], which says what it promises. Any thread
/// may call it.
@NullMarked
package dev.heddle.broker.memory;

import org.jspecify.annotations.NullMarked;

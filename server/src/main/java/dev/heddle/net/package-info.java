/// Sockets: the accept loop, the connections' threads, every deadline, and the `Inspector` that
/// looks at them.
///
/// Place on the path: both ends of it. One platform thread accepts, one platform thread turns the
/// timing wheel, and each connection has one virtual thread at a time, which does blocking reads.
/// It must not know what endpoints do with messages.
@NullMarked
package dev.heddle.net;

import org.jspecify.annotations.NullMarked;

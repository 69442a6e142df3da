/// Conversations with `/acc` over real sockets, from files that a stranger can read, and what of it
/// no file can say.
@NullMarked
package dev.heddle.acc;

import org.jspecify.annotations.NullMarked;

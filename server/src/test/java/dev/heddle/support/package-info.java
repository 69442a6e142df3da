/// What tests of a running server share: a client that speaks bytes, and the check that nothing is
/// left over. Knows the server only through its ports and its public accessors.
@NullMarked
package dev.heddle.support;

import org.jspecify.annotations.NullMarked;

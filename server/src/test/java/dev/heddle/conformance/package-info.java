/// The rules of RFC 6455 and of our own limits, case by case over a raw socket.
///
/// The cases are lines of text in `src/test/resources/conformance`; their numbers are those of the
/// Autobahn testsuite, or `b1` (opening handshake) and `b2` (frames) for what that does not test.
/// The notation is described at the head of each file; a case is added by adding a line.
@NullMarked
package dev.heddle.conformance;

import org.jspecify.annotations.NullMarked;

/// The server among clients that do everything wrong at once: what they do stays theirs.
///
/// Some clients in the hub behave well and keep account of all that they get, while each kind of
/// abuse goes on in a thread of its own. Everything random follows from one seed, which is printed.
@NullMarked
package dev.heddle.abuse;

import org.jspecify.annotations.NullMarked;

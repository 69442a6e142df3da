/// The server as clients that others have written see it: one table of clients and scenarios.
///
/// Each client is driven behind the same few verbs, in this process or as a script in a process of
/// its own, so that a scenario is written once and a client is one entry.
@NullMarked
package dev.heddle.clients;

import org.jspecify.annotations.NullMarked;

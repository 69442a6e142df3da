/// Views of the server from inside: health and metrics, `/debug`, recordings and events, and the
/// dashboard.
///
/// Beside the path. Runs on the threads of callers, and on platform threads of its own where it
/// computes for long. It must not know of sockets, users or channels.
@NullMarked
package dev.heddle.api.inside;

import org.jspecify.annotations.NullMarked;

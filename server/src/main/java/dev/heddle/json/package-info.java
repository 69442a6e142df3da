/// JSON, for all edges that speak it: one mapper, and values that are passed on as they were
/// written.
///
/// Beside the path. Pure: no state, no threads, and nothing here blocks. It must not know what the
/// texts are about.
@NullMarked
package dev.heddle.json;

import org.jspecify.annotations.NullMarked;

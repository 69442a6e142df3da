/// What `ops/` ships, held against what it is for: the proxies' files carry sessions, settings
/// exist where they say they do, the image's commands work.
@NullMarked
package dev.heddle.ops;

import org.jspecify.annotations.NullMarked;

/// What happens, made visible: counters, their Prometheus text, and warnings that cannot storm.
///
/// Open to all packages; any thread may call it and nothing here blocks. It must not know of any
/// other package.
@NullMarked
package dev.heddle.telemetry;

import org.jspecify.annotations.NullMarked;

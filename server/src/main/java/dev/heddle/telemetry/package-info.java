/// What happens, made visible: counters, times and events, their Prometheus text, what can be asked
/// of connections (`Inspection`), and warnings that cannot storm.
///
/// Open to all packages; any thread may call it. Counting, timing and warning never block; who
/// writes metrics out or looks at connections may take its time. It must not know of any other
/// package.
@NullMarked
package dev.heddle.telemetry;

import org.jspecify.annotations.NullMarked;

/// Counters, times and events of the server, their Prometheus text, questions about connections
/// (`Inspection`), and warnings that cannot storm.
///
/// Open to all packages; any thread may call it. Counting, timing and warning never block. A thread
/// that writes metrics out or looks at connections may take its time. It must not know of any other
/// package.
@NullMarked
package dev.heddle.telemetry;

import org.jspecify.annotations.NullMarked;

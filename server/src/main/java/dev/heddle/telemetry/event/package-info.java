/// The server's events, as those of JDK Flight Recorder. Each class says when it is emitted and
/// what its fields are, in annotations that recordings carry along.
///
/// Open to all packages; any thread may emit, which never blocks. Where no recording wants an
/// event, emitting it costs nothing: the compiler takes it out. It must not know of any package but
/// `telemetry`.
@NullMarked
package dev.heddle.telemetry.event;

import org.jspecify.annotations.NullMarked;

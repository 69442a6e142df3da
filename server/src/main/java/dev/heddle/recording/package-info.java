/// Recordings of JDK Flight Recorder: the one that always runs, those that somebody asks for, those
/// that are written on an incident, and the live stream of events.
///
/// Beside the path of a message: it reads what `telemetry/event` emits and what the JVM adds. A
/// thread of JFR reads the stream, one of ours looks for incidents, and the internal port's threads
/// ask for recordings, which blocks them. It must not know of any package but `config` and
/// `telemetry`.
@NullMarked
package dev.heddle.recording;

import org.jspecify.annotations.NullMarked;

package dev.heddle.api.inside;

import dev.heddle.control.Callees;
import dev.heddle.recording.Recorder;
import dev.heddle.telemetry.Inspection;
import dev.heddle.telemetry.Metrics;

/// A view of a server from inside. **Thread-safe.**
///
/// @param metrics what is counted
/// @param inspection what the connections of the public port are doing
/// @param recorder what is recorded
/// @param callees by which connections are named
public record Insight(Metrics metrics, Inspection inspection, Recorder recorder, Callees callees) {}

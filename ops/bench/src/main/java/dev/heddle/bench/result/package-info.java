/// What a run has found, as values: what is written to JSON, drawn in the report and compared.
/// Pure; knows nothing of sockets or processes.
///
/// Names carry their units last. Figures that mean the same have the same name in every scenario:
///
/// | figure | |
/// |---|---|
/// | `opsPerSecond` | handshakes, echoes or deliveries, whatever the scenario counts |
/// | `serverCpuMicrosPerOp`, `clientCpuMicrosPerOp` | CPU of all threads, user and system, per op of the measured phase |
/// | `serverCpuMicrosPerHandshake`, `clientCpuMicrosPerHandshake` | the same, of the phase that connects |
/// | `handshakesPerSecond` | |
/// | `serverRssBytesPerConnection` | growth of RSS from before the connections, per open connection |
/// | `serverHeapBytesPerConnection` | the same of the heap in use after a collection |
///
/// Counts: `opened`, `failed`, `refused`, `ops`, `lost`, `duplicated`, `reordered`, `corrupted`,
/// `pings`, `protocolErrors`, `closed.1000` … for each close code that came, `ended` for
/// connections that ended without one.
@NullMarked
package dev.heddle.bench.result;

import org.jspecify.annotations.NullMarked;

/// What can be asked of a server, as values ([dev.heddle.bench.scenario.Scenario]), and for each
/// the job that a worker does on its loop's thread. Knows the engine, not the processes.
@NullMarked
package dev.heddle.bench.scenario;

import org.jspecify.annotations.NullMarked;

/// Runs a scenario: one or several workers, each a loop on a thread of its own (in this process
/// when there is one, in processes of their own otherwise), and [dev.heddle.bench.run.Bench], which
/// tells them what to do when, reads what the server used meanwhile, and makes the result.
///
/// Workers and bench exchange [dev.heddle.bench.run.Message]s, between processes as lines of JSON
/// through stdin and stdout.
@NullMarked
package dev.heddle.bench.run;

import org.jspecify.annotations.NullMarked;

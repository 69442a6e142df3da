/// The command line: what an operator types, and what comes of it in one process.
/// [dev.heddle.cli.Commands] runs it, [dev.heddle.cli.Verb] lists the commands below `heddle`, and
/// each of them is a class annotated for picocli.
///
/// It stands above the server that it starts: it uses [dev.heddle.Heddle], which knows nothing of
/// it. Its code runs on the main thread; [dev.heddle.cli.MemoryGuard] and the shutdown hook of
/// [dev.heddle.cli.Serving] have threads of their own. A server that runs already is asked through
/// its internal port, never in another way.
@NullMarked
package dev.heddle.cli;

import org.jspecify.annotations.NullMarked;

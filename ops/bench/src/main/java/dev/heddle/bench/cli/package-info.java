/// The command line: options become a plan, results become text and files. Knows all, decides
/// nothing.
@NullMarked
package dev.heddle.bench.cli;

import org.jspecify.annotations.NullMarked;

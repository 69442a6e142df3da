/// Servers that this tool starts for itself and ends again: Heddle as in production, and the bare C
/// floor. The only package that knows where their launcher and source are.
@NullMarked
package dev.heddle.bench.launch;

import org.jspecify.annotations.NullMarked;

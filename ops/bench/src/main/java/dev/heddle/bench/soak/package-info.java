/// The soak: all that clients do, mixed, at moderate load, for so long that anything that leaks
/// shows. Runs the scenarios beside each other, and clients of its own that misbehave.
@NullMarked
package dev.heddle.bench.soak;

import org.jspecify.annotations.NullMarked;

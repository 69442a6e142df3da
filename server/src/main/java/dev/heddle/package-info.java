/// Starts, wires and stops the server; sees all packages but `dev.heddle.cli`, which stands above
/// it.
@NullMarked
package dev.heddle;

import org.jspecify.annotations.NullMarked;

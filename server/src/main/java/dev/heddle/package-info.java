/// Starts, wires and stops the server; the only package that sees all others.
@NullMarked
package dev.heddle;

import org.jspecify.annotations.NullMarked;

/// Watches the server's process while it is under load.
@NullMarked
package dev.heddle.bench.sample;

import org.jspecify.annotations.NullMarked;

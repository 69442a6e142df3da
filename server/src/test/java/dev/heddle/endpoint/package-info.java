/// What a program with endpoints of its own can rely on.
@NullMarked
package dev.heddle.endpoint;

import org.jspecify.annotations.NullMarked;

/// What several tests use.
@NullMarked
package dev.heddle.bench.support;

import org.jspecify.annotations.NullMarked;

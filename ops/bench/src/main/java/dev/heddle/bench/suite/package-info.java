/// The suite: measures Heddle and the bare C floor side by side, row by row of the table of aims,
/// and says which are reached. All measuring is done by the scenarios.
@NullMarked
package dev.heddle.bench.suite;

import org.jspecify.annotations.NullMarked;

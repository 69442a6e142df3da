/// Microbenchmarks of the server's parts, run by JMH: `ops/heddle bench jmh`, followed by whatever
/// JMH takes. The only package here that knows the server's classes.
@NullMarked
package dev.heddle.bench.jmh;

import org.jspecify.annotations.NullMarked;

/// Microbenchmarks of the server's parts, run by JMH: `java -cp ops/bench/target/heddle-bench.jar
/// org.openjdk.jmh.Main`. The only package here that knows the server's classes.
@NullMarked
package dev.heddle.bench.jmh;

import org.jspecify.annotations.NullMarked;

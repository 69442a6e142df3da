/// The examination of `heddle doctor`: the limits of this machine, the number of connections that
/// each allows, and the line that changes it.
///
/// Place on the path: none. It runs on the main thread of a process that serves nothing, reads some
/// small files under `/proc` and `/sys`, and changes nothing. Only Linux has them: elsewhere, and
/// where one cannot be read, a finding says so. If a Redis is set, it asks that one too; otherwise
/// no class of `broker.redis` is loaded.
///
/// [Checks] is the table of all checks, [Patient] their input, [Diagnosis] their result, [Report]
/// and [JsonReport] its two forms. It must not know of connections, and of `net` only how many
/// descriptors the server leaves to other things.
@NullMarked
package dev.heddle.doctor;

import org.jspecify.annotations.NullMarked;

/// What `heddle doctor` finds: the limits of this machine, what each caps a server at, and the line
/// that changes it.
///
/// Place on the path: none. It runs on the main thread of a process that serves nothing, reads some
/// small files under `/proc` and `/sys`, and changes nothing. Only Linux has them: elsewhere, and
/// where one cannot be read, a finding says so. If a Redis is set, it asks that one too; otherwise
/// no class of `broker.redis` is loaded.
///
/// [Checks] is the table of what is looked at, [Patient] what it is looked at with, [Diagnosis]
/// what comes of it, [Report] and [JsonReport] how that is told. It must not know of connections,
/// and of `net` only how many descriptors the server leaves to other things.
@NullMarked
package dev.heddle.doctor;

import org.jspecify.annotations.NullMarked;

/// Fuzz targets of what reads a client's bytes. Every run replays their corpus, the files under
/// `src/test/resources/dev/heddle/fuzz`; `JAZZER_FUZZ=1` and one test's name fuzz it, and what that
/// finds becomes a file there.
@NullMarked
package dev.heddle.fuzz;

import org.jspecify.annotations.NullMarked;

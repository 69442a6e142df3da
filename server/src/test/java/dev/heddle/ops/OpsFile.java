package dev.heddle.ops;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A file of `ops/`, in which a test replaces what belongs to the machine that it is for, and
/// nothing else. Immutable.
record OpsFile(String name, String text) {
    private static final Path FOLDER = Path.of("..", "ops");

    /// Reads a file, named from `ops/` on.
    static OpsFile read(String name) throws IOException {
        return new OpsFile(name, Files.readString(FOLDER.resolve(name)));
    }

    /// This with each occurrence of a text replaced; an `AssertionError` when there is none,
    /// because then the test replaces what is not there any more.
    OpsFile with(String text, String replacement) {
        if (!this.text.contains(text)) {
            throw new AssertionError("ops/" + name + " has no \"" + text + '"');
        }
        return new OpsFile(name, this.text.replace(text, replacement));
    }

    /// Writes it, its folder too.
    Path write(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }
}

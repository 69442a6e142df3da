package dev.heddle.recording;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.Collections;
import java.util.Set;

/// A folder that nobody else can put anything into: what is written there cannot be led astray by a
/// link.
final class OwnFolder {
    private static final Set<PosixFilePermission> WRITE_OF_OTHERS =
            Set.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);

    private OwnFolder() {}

    /// Makes the folder for its owner alone, or makes sure that it is like that.
    ///
    /// @throws IOException if it is a link, somebody else's, open to others, or cannot be made
    static void require(Path folder) throws IOException {
        if (Files.isSymbolicLink(folder) || isOpenToOthers(folder)) { // who could put a link there
            throw new IOException(folder + " is a link, or its group or others may write to it");
        }
        Files.createDirectories(
                folder,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        if (!isOwned(folder)) {
            throw new IOException(folder + " belongs to somebody else");
        }
    }

    /// By this process's user, or by root.
    private static boolean isOwned(Path folder) throws IOException {
        Path probe = Files.createTempFile(folder, "owner", null);
        try {
            UserPrincipal owner = Files.getOwner(folder);
            return owner.equals(Files.getOwner(probe)) || owner.getName().equals("root");
        } finally {
            Files.delete(probe);
        }
    }

    private static boolean isOpenToOthers(Path folder) throws IOException {
        return Files.exists(folder)
                && !Collections.disjoint(Files.getPosixFilePermissions(folder), WRITE_OF_OTHERS);
    }
}

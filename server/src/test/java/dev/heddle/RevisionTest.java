package dev.heddle;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

class RevisionTest {
    private static final String ID = "0123456789abcdef0123456789abcdef01234567";

    @Test
    void namesTheCommitAndItsDay() {
        assertEquals("Optional[commit 0123456789ab of 2026-01-31]", said(ID, "false"));
    }

    @Test
    void saysThatFilesWereChanged() {
        assertEquals("Optional[commit 0123456789ab of 2026-01-31 with changes]", said(ID, "true"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "$Format:%H$", "${git.commit.id.full}", "none", "0123"})
    void whatIsNoCommitIsNotSaid(String id) {
        assertEquals("Optional.empty", said(id, "false"));
    }

    @Test
    void theFileOfArchivesNamesACommitInAnArchiveOnly() throws IOException {
        Path file = Path.of("src", "main", "resources", "dev", "heddle", "archive.properties");
        Properties written = new Properties();
        try (var in = Files.newInputStream(file)) {
            written.load(in);
        }
        String id = written.getProperty("git.commit.id.full");
        assertEquals(id.startsWith("$"), Revision.of(written).isEmpty(), id);
    }

    private static String said(String id, String isDirty) {
        Properties written = new Properties();
        written.setProperty("git.commit.id.full", id);
        written.setProperty("git.commit.time", "2026-01-31");
        written.setProperty("git.dirty", isDirty);
        return Revision.of(written).toString();
    }
}

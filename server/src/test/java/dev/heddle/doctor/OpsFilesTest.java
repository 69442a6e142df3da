package dev.heddle.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.doctor.Finding.Mark;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// Whether a machine that is set up by the files of `ops/` is good enough for the doctor.
class OpsFilesTest {
    private static final Path OPS = Path.of("..", "ops");

    @TempDir private Path root;

    @Test
    void aMachineWithThemHoldsAMillion() throws IOException {
        FakedMachine machine =
                FakedMachine.withOpenFiles(root, openFilesOfTheUnit())
                        .with("proc/sys/net/netfilter/nf_conntrack_count", "5\n");
        for (String line : lines("sysctl.d/90-heddle.conf")) {
            String[] parts = line.replaceFirst("^-", "").split(" = ", 2);
            machine.with("proc/sys/" + parts[0].replace('.', '/'), parts[1] + '\n');
        }
        Diagnosis diagnosis = machine.diagnosis(1_000_000, "limits.backlog=65535");
        assertTrue(diagnosis.isGoalMet(), diagnosis::toString);
        List<Finding> bad =
                Stream.concat(diagnosis.ofConnections().stream(), diagnosis.ofTheRest().stream())
                        .filter(each -> each.mark() != Mark.GOOD)
                        .toList();
        assertEquals(List.of(), bad);
    }

    private static long openFilesOfTheUnit() throws IOException {
        return lines("systemd/heddle.service").stream()
                .filter(line -> line.startsWith("LimitNOFILE="))
                .mapToLong(line -> Long.parseLong(line.replaceFirst(".*=", "")))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> lines(String file) throws IOException {
        return Files.readAllLines(OPS.resolve(file)).stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .toList();
    }
}

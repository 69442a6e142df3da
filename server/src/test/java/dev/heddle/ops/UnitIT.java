package dev.heddle.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.heddle.support.TestTools;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// What systemd itself says to the unit, without running it.
class UnitIT {
    private static final String UNIT = "systemd/heddle.service";

    /// Of 100, in tenths of what systemd shows; a service without any of this has 96.
    private static final String EXPOSED_AT_MOST = "15";

    @TempDir private Path folder;

    @Test
    void systemdUnderstandsEachLine() throws Exception {
        assertEquals("", analyze("verify", "--man=no", "--recursive-errors=no", unit()));
    }

    @Test
    void exposesLittle() throws Exception {
        String said =
                analyze("security", "--offline=yes", "--threshold=" + EXPOSED_AT_MOST, unit());
        assertTrue(said.contains("Overall exposure level"), said);
    }

    /// What `strace -fc` saw the server, its flight recorder and jcmd call, and might be thought
    /// dispensable. Without `chown` jcmd does not attach.
    @Test
    void letsTheJvmCallWhatItCalls() throws Exception {
        Set<String> allowed = new TreeSet<>();
        for (String value : UnitFile.read().values("SystemCallFilter")) {
            for (String name : value.replace("~", "").split(" ", -1)) {
                if (value.startsWith("~")) {
                    allowed.removeAll(calls(name));
                } else {
                    allowed.addAll(calls(name));
                }
            }
        }
        List<String> called =
                List.of(
                        "accept",
                        "chown",
                        "clone3",
                        "epoll_wait",
                        "futex",
                        "madvise",
                        "memfd_create",
                        "mmap",
                        "mprotect",
                        "prctl",
                        "prlimit64",
                        "rseq",
                        "sched_getaffinity",
                        "sched_yield",
                        "set_robust_list",
                        "sysinfo");
        assertEquals(List.of(), called.stream().filter(call -> !allowed.contains(call)).toList());
    }

    private Set<String> calls(String name) throws Exception {
        if (!name.startsWith("@")) {
            return Set.of(name);
        }
        Set<String> calls = new TreeSet<>();
        for (String line : analyze("syscall-filter", name).lines().skip(1).toList()) {
            String word = line.strip();
            if (!word.isEmpty() && !word.startsWith("#")) {
                calls.addAll(calls(word));
            }
        }
        return calls;
    }

    /// The unit with a program that is there.
    private String unit() throws IOException {
        return OpsFile.read(UNIT)
                .with("/usr/bin/java ", "/usr/bin/env ")
                .write(folder.resolve("heddle.service"))
                .toString();
    }

    /// What it says; an `AssertionError` when it is not content.
    private String analyze(String... arguments) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(TestTools.require("systemdAnalyze").toString());
        command.add("--no-pager");
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said =
                new String(process.getInputStream().readAllBytes(), UTF_8)
                        .lines()
                        .collect(Collectors.joining("\n"));
        assertEquals(0, process.waitFor(), said);
        return said;
    }
}

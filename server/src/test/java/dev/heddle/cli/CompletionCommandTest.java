package dev.heddle.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

class CompletionCommandTest {
    @TempDir private Path folder;
    private Path script;

    @BeforeEach
    void writeScript() throws IOException {
        Terminal terminal = new Terminal();
        assertEquals(0, terminal.run("generate-completion"));
        assertEquals("", terminal.err());
        script = Files.writeString(folder.resolve("completion"), terminal.out());
    }

    @Test
    void theScriptIsBash() throws Exception {
        assertEquals("", bash("bash -n " + script));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "do | doctor",
                "con | config conns",
                "doctor --co | --config --connections",
                "token ch | check",
                "token --exp | --expires",
                "--internal-p | --internal-port",
            })
    void itCompletesCommandsAndOptions(String typed, String completed) throws Exception {
        String last = typed.substring(typed.lastIndexOf(' ') + 1);
        String reply =
                bash(
                        """
                        source %s
                        compopt() { :; }
                        COMP_WORDS=(heddle %s)
                        COMP_CWORD=%d
                        _complete_heddle heddle %s
                        printf '%%s\\n' "${COMPREPLY[@]}" | sort -u
                        """
                                .formatted(script, typed, typed.split(" ").length, last));
        assertEquals(completed, String.join(" ", reply.lines().toList()));
    }

    private static String bash(String command) throws IOException, InterruptedException {
        Process bash = new ProcessBuilder("bash", "-c", command).redirectErrorStream(true).start();
        bash.getOutputStream().close();
        String said = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, bash.waitFor(), said);
        return said;
    }
}

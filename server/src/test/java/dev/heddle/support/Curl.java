package dev.heddle.support;

import dev.heddle.Heddle;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Runs the commands of a page that begin with `curl`.
public final class Curl {
    private Curl() {}

    /// Runs each command of the code in a shell, against this server in place of one on the usual
    /// ports.
    ///
    /// @throws AssertionError if the server says no to one
    public static void runAll(String code, Heddle server) throws IOException, InterruptedException {
        String curl = TestTools.require("curl").toString();
        List<String> commands = code.lines().filter(line -> line.startsWith("curl ")).toList();
        if (commands.isEmpty()) {
            throw new AssertionError("no command in " + code);
        }
        for (String command : commands) {
            String mine =
                    command.replace("curl ", curl + " --silent --show-error --fail-with-body ")
                            .replace(":8080/", ":" + server.port() + "/")
                            .replace(":8081/", ":" + server.internalPort() + "/");
            Process shell =
                    new ProcessBuilder("bash", "-c", mine).redirectErrorStream(true).start();
            shell.getOutputStream().close();
            String said = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (shell.waitFor() != 0) {
                throw new AssertionError(command + ": " + said);
            }
        }
    }
}

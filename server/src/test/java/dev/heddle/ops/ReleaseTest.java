package dev.heddle.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What the files of `ops/dist` say, without making a release; `ops/dist/check` tries one out.
class ReleaseTest {
    private static final Pattern MODULES = Pattern.compile("<runtime.modules>(.*)</runtime");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^):#]+)(?:#[^)]*)?\\)");
    private static final Path LAUNCHER = Path.of("..", "ops", "heddle");

    @TempDir private Path release;

    @Test
    void hasTheModulesOfTheImage() throws IOException {
        Matcher modules = MODULES.matcher(OpsFile.read("dist/pom.xml").text());
        assertTrue(modules.find());
        String image = Dockerfile.read().after("RUN jlink ");
        assertEquals(image.substring(image.lastIndexOf(' ') + 1), modules.group(1));
    }

    /// Scripts of a package run as root on machines of others.
    @ParameterizedTest
    @CsvSource({"postinst", "prerm", "postrm"})
    void theScriptsOfThePackageStopAtTheFirstFailure(String name) throws IOException {
        assertTrue(OpsFile.read("dist/debian/" + name).text().startsWith("#!/bin/sh\nset -e\n"));
    }

    @Test
    void theLauncherOfAReleaseTakesItsOwnJava() throws Exception {
        Path launcher = unpack("echo \"$@\"");
        String said = run(launcher, "--version");
        assertTrue(
                said.contains("-jar " + release.toRealPath() + "/lib/heddle.jar --version"), said);
        assertTrue(said.startsWith("@" + release.toRealPath() + "/lib/jvm.options"), said);
    }

    @Test
    void theLauncherOfAReleaseHasNoLoadTool() throws Exception {
        assertEquals(
                "heddle: the load tool is not in a release; it runs from the sources\n",
                run(unpack("echo started"), "bench"));
    }

    /// Any other verb must not wait until the cache of a server is made.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "config",
                "conns",
                "doctor",
                "drain --over 60s",
                "generate-completion",
                "jfr",
                "rehearse",
                "tail",
                "tls self-signed",
                "token",
                "top --once",
                "where",
                "serv", // which no verb is
                "--help",
                "--version",
                "-V",
                "serve -h"
            })
    void onlyAServerMakesACache(String line) throws Exception {
        assertEquals("started\n", run(unpack("echo started"), line.split(" ")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "serve", "serve --port 0", "--port 0", "-p 0"})
    void aServerMakesACache(String line) throws Exception {
        String[] words = line.isEmpty() ? new String[0] : line.split(" ");
        assertTrue(run(unpack("echo started"), words).contains("making lib/heddle.aot, once"));
    }

    /// A page of a release has the same neighbours as in the sources, so its links lead to them.
    @Test
    void theLinksOfADocumentLeadToFilesOfTheRelease() throws Exception {
        Path pack = Path.of("..", "ops", "dist", "pack");
        assertEquals("", run(pack, "documents", release.toString()));
        List<String> dead = new ArrayList<>();
        for (Path page : pages()) {
            LINK.matcher(Files.readString(page).replaceAll("(?s)\n```.*?\n```", ""))
                    .results()
                    .map(link -> link.group(1))
                    .filter(link -> Files.notExists(page.resolveSibling(link)))
                    .forEach(link -> dead.add(release.relativize(page) + " -> " + link));
        }
        assertEquals(List.of(), dead);
    }

    private List<Path> pages() throws IOException {
        try (Stream<Path> files = Files.walk(release)) {
            List<Path> pages = files.filter(file -> file.toString().endsWith(".md")).toList();
            assertTrue(pages.contains(release.resolve("ops/guide/install.md")), pages::toString);
            return pages;
        }
    }

    /// A release whose Java is a line of shell.
    private Path unpack(String java) throws IOException {
        for (String folder : new String[] {"bin", "lib", "runtime/bin"}) {
            Files.createDirectories(release.resolve(folder));
        }
        Files.writeString(release.resolve("lib/heddle.jar"), "");
        Files.writeString(release.resolve("lib/jvm.options"), "");
        Files.writeString(release.resolve("runtime/release"), "");
        Path program = release.resolve("runtime/bin/java");
        Files.writeString(program, "#!/bin/sh\n" + java + "\n");
        assertTrue(program.toFile().setExecutable(true));
        Path launcher = release.resolve("bin/heddle");
        Files.writeString(launcher, Files.readString(LAUNCHER));
        assertTrue(launcher.toFile().setExecutable(true));
        return launcher;
    }

    /// What it says on both streams.
    private static String run(Path launcher, String... words) throws Exception {
        String[] command = new String[words.length + 1];
        command[0] = launcher.toString();
        System.arraycopy(words, 0, command, 1, words.length);
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("HEDDLE_"));
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return said;
    }
}

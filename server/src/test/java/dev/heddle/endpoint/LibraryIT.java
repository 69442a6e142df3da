package dev.heddle.endpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.support.Document;
import dev.heddle.support.RawClient;
import dev.heddle.support.RawFrame;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The program of the page `embedding.md`, as it stands there, in a Maven project of its own that
/// has the built library from a repository of its own.
class LibraryIT {
    private static final Document PAGE = Document.read("server/docs/embedding.md");
    private static final Path JAVA_HOME = Path.of(System.getProperty("java.home"));
    private static final Path LOCAL_REPOSITORY =
            Path.of(
                    System.getProperty(
                            "maven.repo.local",
                            Path.of(System.getProperty("user.home"), ".m2", "repository")
                                    .toString()));

    private static final String POM =
            """
            <project xmlns="http://maven.apache.org/POM/4.0.0">
              <modelVersion>4.0.0</modelVersion>
              <groupId>com.example</groupId>
              <artifactId>chat</artifactId>
              <version>1</version>
              <properties>
                <maven.compiler.release>25</maven.compiler.release>
                <project.build.sourceEncoding>UTF-8</project.build.sourceEncoding>
              </properties>
              <dependencies>
            DEPENDENCY
              </dependencies>
            </project>
            """;

    /// All that has been downloaded for this build, and what is built here, as if they were remote.
    private static final String SETTINGS =
            """
            <settings>
              <localRepository>OWN</localRepository>
              <profiles>
                <profile>
                  <id>files</id>
                  <repositories>
                    <repository><id>built</id><url>BUILT</url></repository>
                    <repository><id>known</id><url>KNOWN</url></repository>
                  </repositories>
                  <pluginRepositories>
                    <pluginRepository><id>known</id><url>KNOWN</url></pluginRepository>
                  </pluginRepositories>
                </profile>
              </profiles>
              <activeProfiles><activeProfile>files</activeProfile></activeProfiles>
            </settings>
            """;

    @TempDir private Path folder;

    @Test
    void theProgramOfThePageRunsFromTheLibrary() throws Exception {
        Path built = publish();
        String source = fenced("java");
        assertTrue(source.lines().filter(line -> !line.isBlank()).count() <= 15, source);
        assertTrue(source.contains("\"port\", \"9000\""), source);
        write(
                "src/main/java/Chat.java",
                source.replace("\"port\", \"9000\"", "\"port\", \"0\", \"internal.port\", \"0\""));
        write("pom.xml", POM.replace("DEPENDENCY", fenced("xml")));
        write(
                "settings.xml",
                SETTINGS.replace("OWN", folder.resolve("m2").toString())
                        .replace("BUILT", built.toUri().toString())
                        .replace("KNOWN", LOCAL_REPOSITORY.toUri().toString()));
        compile();
        String classpath = Files.readString(folder.resolve("classpath"));
        assertFalse(classpath.contains("slf4j-simple"), classpath);
        Process program =
                new ProcessBuilder(
                                JAVA_HOME.resolve(Path.of("bin", "java")).toString(),
                                "-cp",
                                folder.resolve(Path.of("target", "classes"))
                                        + File.pathSeparator
                                        + classpath,
                                "Chat")
                        .redirectError(folder.resolve("errors").toFile())
                        .start();
        try {
            String address = program.inputReader().readLine();
            Matcher port = Pattern.compile(".*:(\\d+)/chat").matcher(String.valueOf(address));
            assertTrue(port.matches(), () -> address + errors());
            talk(Integer.parseInt(port.group(1)));
        } finally {
            program.destroyForcibly().waitFor();
        }
    }

    private static void talk(int port) throws IOException {
        try (RawClient ada = RawClient.open(port, "/chat")) {
            String here = ada.readFrame().text();
            String id = here.replace(" is here", "");
            assertEquals(id + " is here", here);
            try (RawClient bob = RawClient.open(port, "/chat")) {
                assertEquals(bob.readFrame().text(), ada.readFrame().text());
                ada.send(RawFrame.text("hello"));
                assertEquals(id + ": hello", ada.readFrame().text());
                assertEquals(id + ": hello", bob.readFrame().text());
                ada.send(RawFrame.binary((byte) 1));
                ada.expectClose(1011);
                assertEquals(id + " is gone", bob.readFrame().text());
            }
        }
    }

    /// Puts the library and its POMs into a repository, as they would be deployed.
    private Path publish() throws IOException {
        Path repository = folder.resolve("built");
        Path jar = library();
        String version =
                jar.getFileName().toString().replaceFirst("heddle-server-(.*)\\.jar", "$1");
        copy(jar, repository, "heddle-server", version, "jar");
        copy(Path.of("pom.xml"), repository, "heddle-server", version, "pom");
        copy(Path.of("..", "pom.xml"), repository, "heddle-parent", version, "pom");
        return repository;
    }

    private static void copy(
            Path file, Path repository, String artifact, String version, String ending)
            throws IOException {
        Path to =
                repository.resolve(
                        "dev/heddle/%1$s/%2$s/%1$s-%2$s.%3$s".formatted(artifact, version, ending));
        Files.createDirectories(Objects.requireNonNull(to.getParent()));
        Files.copy(file, to);
    }

    private static Path library() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("target"))) {
            return files.filter(
                            file -> file.getFileName().toString().matches("heddle-server-.*\\.jar"))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("mvn package makes the library"));
        }
    }

    private void compile() throws Exception {
        String home = System.getProperty("maven.home");
        ProcessBuilder maven =
                new ProcessBuilder(
                        home == null ? "mvn" : Path.of(home, "bin", "mvn").toString(),
                        "-B",
                        "-ntp",
                        "-s",
                        folder.resolve("settings.xml").toString(),
                        "-f",
                        folder.resolve("pom.xml").toString(),
                        plugin("maven-compiler-plugin") + ":compile",
                        plugin("maven-dependency-plugin") + ":build-classpath",
                        "-Dmdep.outputFile=" + folder.resolve("classpath"));
        maven.environment().put("JAVA_HOME", JAVA_HOME.toString());
        Path log = folder.resolve("log");
        Process run = maven.redirectErrorStream(true).redirectOutput(log.toFile()).start();
        assertEquals(0, run.waitFor(), Files.readString(log));
    }

    /// The plugin in the version that builds the library, which is here for sure.
    private static String plugin(String name) throws IOException {
        Matcher version =
                Pattern.compile("<artifactId>" + name + "</artifactId>\\s*<version>(.*)</version>")
                        .matcher(Files.readString(Path.of("..", "pom.xml")));
        assertTrue(version.find(), name);
        return "org.apache.maven.plugins:" + name + ":" + version.group(1);
    }

    /// The first code of that language on the page.
    private static String fenced(String language) {
        return PAGE.code(language).getFirst();
    }

    private void write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        Files.writeString(file, text);
    }

    private String errors() {
        try {
            return String.join("\n", List.of("", Files.readString(folder.resolve("errors"))));
        } catch (IOException unreadable) {
            return unreadable.toString();
        }
    }
}

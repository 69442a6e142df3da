package dev.heddle.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

class YamlFileTest {
    @TempDir private Path folder;

    static Stream<Arguments> wrongFiles() {
        return Stream.of(
                wrong("\n\nprot: 1", "3: unknown key prot; did you mean port?"),
                wrong("limit: {backlog: 1}", "1: unknown key limit; did you mean limits?"),
                wrong(
                        "limits: {limits: {}}",
                        "1: unknown key limits.limits; heddle config prints all"),
                wrong("<<: {port: 1}", "1: unknown key <<; heddle config prints all"),
                wrong("port: 1\nport: 2", "2: port is already set by heddle.yaml:1"),
                wrong(
                        "limits: {backlog: 1}\nlimits.backlog: 1",
                        "2: limits.backlog is already set by heddle.yaml:1"),
                wrong("port: [1, 2]", "1: port takes one value"),
                wrong("port: {http: 1}", "1: port takes one value"),
                wrong("port:", "1: port has no value"),
                wrong("port: null", "1: port has no value"),
                wrong(
                        "port: ''",
                        "1: port cannot be \"\"; it takes a whole number from 0 to 65535"),
                wrong("limits: 5", "1: limits must be a map of settings"),
                wrong("limits: [5]", "1: limits must be a map of settings"),
                wrong("allow-origin: [[x]]", "1: allow-origin takes a plain list"),
                wrong("allow-origin: {a: b}", "1: allow-origin takes a plain list"),
                wrong("? [a]\n: b", "1: the name of a setting must be plain text"),
                wrong("- port", "1: must be a map of settings, such as port: 8080"),
                wrong("port", "1: must be a map of settings, such as port: 8080"),
                wrong("port: 1\n host: a", "2: mapping values are not allowed here"),
                wrong(
                        "port: 1\n\tport: a",
                        "2: while scanning for the next token: found character '\\t(TAB)' that"
                                + " cannot start any token. (Do not use \\t(TAB) for indentation)"),
                wrong(
                        "port: 'a",
                        "1: while scanning a quoted scalar: found unexpected end of stream"),
                wrong("port: *a", "1: found undefined alias a"),
                wrong(
                        "port: 1\n---\nport: 2",
                        "2: expected a single document in the stream: but found another document"),
                wrong("port: 1\nhost: \u0001", "2: a character that YAML does not allow"),
                wrong(
                        "%YAML 2.0\n---\nport: 1",
                        " is YAML that cannot be read: Version{major=2, minor=0}"),
                wrong(
                        "\"a\\nb\\e[2J\": 1",
                        "1: unknown key a\\u000ab\\u001b[2J; heddle config prints all"));
    }

    @ParameterizedTest
    @MethodSource("wrongFiles")
    void tellsWhatIsWrongAndInWhichLine(String yaml, String fault) throws IOException {
        Files.writeString(folder.resolve("heddle.yaml"), yaml);
        assertEquals(List.of("heddle.yaml:" + fault), faults("heddle.yaml"));
    }

    @Test
    void goesOnAfterAFaultThatIsNotOneOfSyntax() throws IOException {
        Files.writeString(folder.resolve("heddle.yaml"), "a: 1\nport: x\nlimits:\n  b: 2\n");
        assertEquals(3, faults("heddle.yaml").size());
    }

    @Test
    void tellsWhyAFileCannotBeRead() throws IOException {
        Files.createDirectory(folder.resolve("folder"));
        Files.write(folder.resolve("latin1"), new byte[] {'#', (byte) 0xe9, '\n'});
        Files.write(folder.resolve("large"), new byte[(1 << 20) + 1]);
        assertEquals(List.of("missing: no such file"), faults("missing"));
        assertEquals(List.of("folder: is a directory"), faults("folder"));
        assertEquals(List.of("latin1: is not UTF-8"), faults("latin1"));
        assertEquals(List.of("large: is larger than 1MiB"), faults("large"));
    }

    @Test
    void refusesANestThatWouldOverflowTheStack() throws IOException {
        Files.writeString(folder.resolve("heddle.yaml"), "[".repeat(1 << 20));
        assertEquals(List.of("heddle.yaml: is nested too deeply"), faults("heddle.yaml"));
    }

    @Test
    void readsAFileThatIsAsLargeAsItMayBe() throws IOException {
        Files.writeString(folder.resolve("heddle.yaml"), "#".repeat(1 << 20));
        assertTrue(faults("heddle.yaml").isEmpty());
    }

    private static Arguments wrong(String yaml, String fault) {
        return Arguments.of(yaml, fault);
    }

    private List<String> faults(String name) {
        List<String> faults = new ArrayList<>();
        YamlFile.read(folder.resolve(name), new Values(faults));
        return faults.stream().map(fault -> fault.replace(folder + "/", "")).toList();
    }
}

package dev.heddle.ops;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.util.List;

/// The instructions of `ops/docker/Dockerfile`, each one line.
record Dockerfile(List<String> instructions) {
    private static final JsonMapper JSON = new JsonMapper();

    static Dockerfile read() throws IOException {
        String text = OpsFile.read("docker/Dockerfile").text();
        return new Dockerfile(
                text.lines()
                        .filter(line -> !line.startsWith("#") && !line.isBlank())
                        .reduce("", (all, line) -> all + line + '\n')
                        .replaceAll("\\\\\n *", "")
                        .lines()
                        .toList());
    }

    /// What follows after this, in the last instruction that begins so.
    String after(String start) {
        return instructions.reversed().stream()
                .filter(line -> line.startsWith(start))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no instruction begins with " + start))
                .substring(start.length());
    }

    /// The words of the JSON array with which an instruction ends.
    List<String> words(String start) throws JsonProcessingException {
        String rest = after(start);
        return List.of(JSON.readValue(rest.substring(rest.indexOf('[')), String[].class));
    }
}

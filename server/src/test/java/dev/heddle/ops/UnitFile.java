package dev.heddle.ops;

import java.io.IOException;
import java.util.List;

/// The lines of `ops/systemd/heddle.service` that set something.
record UnitFile(List<String> lines) {
    static UnitFile read() throws IOException {
        return new UnitFile(
                OpsFile.read("systemd/heddle.service")
                        .text()
                        .lines()
                        .filter(line -> line.contains("=") && !line.startsWith("#"))
                        .toList());
    }

    /// What is set under a name, in order.
    List<String> values(String name) {
        return lines.stream()
                .filter(line -> line.startsWith(name + '='))
                .map(line -> line.substring(name.length() + 1))
                .toList();
    }

    /// What is set under a name that is there once.
    String value(String name) {
        List<String> values = values(name);
        if (values.size() != 1) {
            throw new AssertionError(name + " is set " + values.size() + " times");
        }
        return values.getFirst();
    }
}

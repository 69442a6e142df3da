package dev.heddle.support;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Live bytes of a process by class, after a collection.
public record HeapHistogram(String text) {
    private static final Path JCMD = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    private static final Pattern ROW = Pattern.compile("(?m)^ *\\d+: +(\\d+) +(\\d+) +(\\S+).*$");

    /// How it is now.
    public static HeapHistogram of(Process process) throws IOException {
        String pid = Long.toString(process.pid());
        Process jcmd =
                new ProcessBuilder(JCMD.toString(), pid, "GC.class_histogram")
                        .redirectErrorStream(true)
                        .start();
        return new HeapHistogram(new String(jcmd.getInputStream().readAllBytes(), US_ASCII));
    }

    private long bytes(String row) {
        return Pattern.compile(row)
                .matcher(text)
                .results()
                .map(MatchResult::group)
                .map(line -> line.strip().split("\\s+"))
                .mapToLong(columns -> Long.parseLong(columns[2]))
                .sum();
    }

    /// All that lives: the fillers are holes that the collector left.
    public long live() {
        return bytes("(?m)^Total .*$") - bytes("(?m)^.* .Ljdk.internal.vm.FillerElement; .*$");
    }

    /// Of parked virtual threads.
    public long stacks() {
        return bytes("(?m)^.* jdk.internal.vm.StackChunk .*$");
    }

    private Map<String, long[]> byClass() {
        Map<String, long[]> rows = new HashMap<>();
        ROW.matcher(text)
                .results()
                .forEach(
                        row ->
                                rows.put(
                                        row.group(3),
                                        new long[] {
                                            Long.parseLong(row.group(1)),
                                            Long.parseLong(row.group(2))
                                        }));
        return rows;
    }

    /// What each of so many has added since, by class: objects and bytes, most bytes first.
    public String growth(HeapHistogram before, int count, int rows) {
        Map<String, long[]> earlier = before.byClass();
        return byClass().entrySet().stream()
                .map(
                        row -> {
                            long[] was = earlier.getOrDefault(row.getKey(), new long[2]);
                            double objects = (double) (row.getValue()[0] - was[0]) / count;
                            double bytes = (double) (row.getValue()[1] - was[1]) / count;
                            return Map.entry(
                                    bytes,
                                    "%8.2f %8.1f  %s".formatted(objects, bytes, row.getKey()));
                        })
                .sorted(Map.Entry.comparingByKey(Comparator.reverseOrder()))
                .limit(rows)
                .map(Map.Entry::getValue)
                .collect(Collectors.joining("\n"));
    }
}

package dev.heddle.api.inside;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import javax.management.JMException;
import javax.management.ObjectName;

/// The classes of the objects on the heap, as a diagnostic command of the JVM counts them.
final class HeapHistogram {
    /// ` 1: 4000 288000 sun.nio.ch.NioSocketImpl (java.base@25)`.
    private static final Pattern ROW =
            Pattern.compile(" *[0-9]+: +([0-9]+) +([0-9]+) +(\\S+).*", Pattern.DOTALL);

    private HeapHistogram() {}

    /// Objects of one class.
    ///
    /// @param name as the JVM has it: `[B` for byte arrays
    /// @param bytesPerConnection that every connection has at least one of; 0 for others
    record HeapClass(String name, long instances, long bytes, double bytesPerConnection) {}

    /// The objects on the heap.
    ///
    /// @param isLive whether only what is reachable is counted
    /// @param classes those that take most first
    record Heap(
            boolean isLive,
            int connections,
            long bytes,
            double bytesPerConnection,
            List<HeapClass> classes) {}

    /// Counts what is on the heap. Everything stops for as long as that takes.
    ///
    /// @param isLive whether to collect garbage first, and count nothing else
    /// @param connections by which the bytes are divided
    static Heap take(boolean isLive, int connections) throws IOException {
        List<HeapClass> classes = new ArrayList<>();
        long all = 0;
        for (String line : histogram(isLive).split("\n", -1)) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                long instances = Long.parseLong(row.group(1));
                long bytes = Long.parseLong(row.group(2));
                boolean isEverywhere = connections > 0 && instances >= connections;
                double each = isEverywhere ? (double) bytes / connections : 0;
                classes.add(new HeapClass(row.group(3), instances, bytes, each));
                all += bytes;
            }
        }
        double each = connections == 0 ? 0 : (double) all / connections;
        return new Heap(isLive, connections, all, each, classes);
    }

    private static String histogram(boolean isLive) throws IOException {
        try {
            return (String)
                    ManagementFactory.getPlatformMBeanServer()
                            .invoke(
                                    new ObjectName("com.sun.management:type=DiagnosticCommand"),
                                    "gcClassHistogram",
                                    new Object[] {isLive ? new String[0] : new String[] {"-all"}},
                                    new String[] {String[].class.getName()});
        } catch (JMException unavailable) {
            throw new IOException("this JVM has no class histogram", unavailable);
        }
    }
}

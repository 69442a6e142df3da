package dev.heddle.doctor;

import dev.heddle.config.Settings;

import java.util.List;
import java.util.Optional;

/// Memory: of the Java heap, of the machine, and of the kernel's sockets.
final class MemoryChecks {
    private static final String MEMINFO = "proc/meminfo";
    private static final String MAPS = "proc/self/smaps";
    private static final String TCP_MEM = "proc/sys/net/ipv4/tcp_mem";
    private static final String TCP_RMEM = "proc/sys/net/ipv4/tcp_rmem";
    private static final String TCP_WMEM = "proc/sys/net/ipv4/tcp_wmem";
    private static final String MAX_MAP_COUNT = "proc/sys/vm/max_map_count";

    /// Mappings that a Java process with some hundred threads has, and many more.
    private static final long ENOUGH_MAPPINGS = 16_384;

    /// The bytes that a hundredth of the connections may have under way: 64 KiB each.
    private static final long UNDER_WAY = 64 * Amount.KIB / 100;

    private MemoryChecks() {}

    static Optional<Finding> heap(Patient patient) {
        Footprint footprint = Footprint.of(patient);
        long max = patient.jvm().maxHeapBytes();
        Settings settings = patient.settings();
        long beside = Footprint.HEAP + settings.heldWithin(max);
        long needed = heapFor(patient.goal() * footprint.heap() + Footprint.HEAP, settings);
        return Optional.of(
                Finding.cap(
                        "Java heap",
                        Amount.bytes(max),
                        (max - beside) / footprint.heap(),
                        patient,
                        ("an idle connection holds %,d bytes, and the collector needs as many"
                             + " again; %s are for what all may hold together (*-bytes in the"
                             + " settings)")
                                .formatted(
                                        footprint.live(), Amount.bytes(settings.heldWithin(max))),
                        new Change(
                                "HEDDLE_JAVA_OPTS=-Xmx"
                                        + Amount.roundUp(needed, 256 * Amount.MIB) / Amount.MIB
                                        + "m",
                                "/etc/heddle/heddle.env, or before ops/heddle")));
    }

    /// The heap that has so many bytes beside what its size lets connections hold together.
    private static long heapFor(long bytes, Settings settings) {
        long heap = bytes;
        for (int i = 0; i < 20; i++) {
            heap = bytes + settings.heldWithin(heap);
        }
        return heap;
    }

    static Optional<Finding> memory(Patient patient) {
        Optional<Long> available = kibibytes(patient, "MemAvailable:");
        Optional<Long> total = kibibytes(patient, "MemTotal:");
        if (available.isEmpty() || total.isEmpty()) {
            return Optional.of(Finding.unknown("memory", MEMINFO));
        }
        long needed = needed(patient);
        return Optional.of(
                Finding.cap(
                        "memory",
                        Amount.bytes(available.get()),
                        connections(patient, available.get()),
                        patient,
                        "available now, of "
                                + Amount.bytes(total.get())
                                + " in all; "
                                + share(patient),
                        new Change(Amount.bytes(needed) + " available", "this machine")));
    }

    static Optional<Finding> memoryOfTheGroup(Patient patient) {
        String name = "cgroup memory";
        if (!patient.machine().has(ControlGroup.MEMBERSHIP)) {
            return Optional.of(Finding.unknown(name, ControlGroup.MEMBERSHIP));
        }
        Optional<ControlGroup.Limit> limit = new ControlGroup(patient.machine()).memory();
        if (limit.isEmpty()) {
            return Optional.of(
                    Finding.good(name, "no limit", "the machine's memory is what counts"));
        }
        String file = limit.get().file();
        long needed = Amount.roundUp(needed(patient), 256 * Amount.MIB) / Amount.MIB;
        return Optional.of(
                limit.get()
                        .amount()
                        .map(Double::longValue)
                        .map(
                                bytes ->
                                        Finding.cap(
                                                name,
                                                Amount.bytes(bytes),
                                                connections(patient, bytes),
                                                patient,
                                                "/" + file + "; " + share(patient),
                                                patient.unit(
                                                        "MemoryMax=" + needed + "M",
                                                        "--memory=" + needed + "m")))
                        .orElseGet(() -> Finding.unknown(name, file)));
    }

    /// The bytes that all sockets together may have under way. Silent sockets have none.
    static Optional<Finding> buffersOfAll(Patient patient) {
        String name = "net.ipv4.tcp_mem";
        List<Long> pages = patient.machine().numbers(TCP_MEM, 3);
        if (pages.isEmpty()) {
            return Optional.of(Finding.unknown(name, TCP_MEM));
        }
        long page = patient.machine().field(MAPS, "KernelPageSize:").orElse(4L) * Amount.KIB;
        long needed = Amount.roundUp(patient.goal() * UNDER_WAY / page, 1_000);
        return Optional.of(
                Finding.note(
                        name,
                        Amount.bytes(product(pages.getLast(), page)),
                        pages.getLast() >= needed,
                        "for the bytes under way in all sockets together; idle ones take none",
                        patient.sysctl(name, "%d %d %d".formatted(needed / 2, needed, needed))));
    }

    static Optional<Finding> receiveBuffer(Patient patient) {
        return buffer(
                patient, "net.ipv4.tcp_rmem", TCP_RMEM, "has sent and the server has not read");
    }

    static Optional<Finding> sendBuffer(Patient patient) {
        return buffer(patient, "net.ipv4.tcp_wmem", TCP_WMEM, "was sent and has not acknowledged");
    }

    /// Says something only if there are too few for Java itself: a virtual thread needs none.
    static Optional<Finding> mappings(Patient patient) {
        return patient.machine()
                .number(MAX_MAP_COUNT)
                .filter(most -> most < ENOUGH_MAPPINGS)
                .map(
                        most ->
                                Finding.note(
                                        "vm.max_map_count",
                                        Amount.count(most),
                                        false,
                                        "connections need none, but Java itself some thousands",
                                        patient.sysctl("vm.max_map_count", 65_530)));
    }

    private static Optional<Finding> buffer(
            Patient patient, String name, String path, String what) {
        List<Long> bytes = patient.machine().numbers(path, 3);
        if (bytes.isEmpty()) {
            return Optional.of(Finding.unknown(name, path));
        }
        String value = Amount.bytes(bytes.get(1)) + " to " + Amount.bytes(bytes.get(2));
        return Optional.of(
                Finding.good(
                        name,
                        value,
                        "for what one client %s; an idle connection takes none".formatted(what)));
    }

    private static Optional<Long> kibibytes(Patient patient, String name) {
        return patient.machine().field(MEMINFO, name).map(number -> product(number, Amount.KIB));
    }

    private static long connections(Patient patient, long bytes) {
        return (bytes - Footprint.PROCESS) / Footprint.of(patient).all();
    }

    private static long needed(Patient patient) {
        return patient.goal() * Footprint.of(patient).all() + Footprint.PROCESS;
    }

    private static String share(Patient patient) {
        return "an idle connection takes %,d bytes, %,d of them in the kernel"
                .formatted(Footprint.of(patient).all(), Footprint.KERNEL);
    }

    private static long product(long number, long unit) {
        return number > Long.MAX_VALUE / unit ? Long.MAX_VALUE : number * unit;
    }
}

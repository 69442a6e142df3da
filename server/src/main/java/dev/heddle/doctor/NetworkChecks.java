package dev.heddle.doctor;

import java.util.List;
import java.util.Optional;

/// Checks of the kernel's limits for connections before and around the server.
final class NetworkChecks {
    private static final String NETWORK = "proc/sys/net";
    private static final String SOMAXCONN = "proc/sys/net/core/somaxconn";
    private static final String SYN_BACKLOG = "proc/sys/net/ipv4/tcp_max_syn_backlog";
    private static final String PORT_RANGE = "proc/sys/net/ipv4/ip_local_port_range";
    private static final String TRACKED_MAX = "proc/sys/net/netfilter/nf_conntrack_max";
    private static final String TRACKED = "proc/sys/net/netfilter/nf_conntrack_count";
    private static final String CONNTRACK = "conntrack";

    private NetworkChecks() {}

    /// A firewall that remembers connections remembers so many, and drops packets of others.
    static Optional<Finding> tracking(Patient patient) {
        if (!patient.machine().has(NETWORK)) {
            return Optional.of(Finding.unknown(CONNTRACK, NETWORK));
        }
        if (!patient.machine().has(TRACKED_MAX)) {
            return Optional.of(
                    Finding.good(CONNTRACK, "not loaded", "no firewall remembers connections"));
        }
        Optional<Long> most = patient.machine().number(TRACKED_MAX);
        Optional<Long> tracked = patient.machine().number(TRACKED);
        if (most.isEmpty() || tracked.isEmpty()) {
            return Optional.of(Finding.unknown(CONNTRACK, most.isEmpty() ? TRACKED_MAX : TRACKED));
        }
        long needed = patient.goal() + patient.goal() / 10 + tracked.get();
        Change change =
                patient.sysctl("net.netfilter.nf_conntrack_max", Amount.roundUp(needed, 1_000));
        String value = Amount.count(most.get());
        return Optional.of(
                tracked.get() > 0
                        ? Finding.cap(
                                CONNTRACK,
                                value,
                                most.get() - tracked.get(),
                                patient,
                                "a firewall remembers each connection, %,d now; or exempt the port"
                                        .formatted(tracked.get()),
                                change)
                        : Finding.note(
                                CONNTRACK,
                                value,
                                most.get() >= patient.goal(),
                                "loaded, but remembers nothing now; a rule could change that",
                                change));
    }

    /// The backlog that the server asks the kernel for.
    static Optional<Finding> backlog(Patient patient) {
        int backlog = patient.settings().limits().connections().backlog();
        return Optional.of(
                Finding.note(
                        "limits.backlog",
                        Amount.count(backlog),
                        backlog >= crowd(patient),
                        "the server asks for it: so many clients may connect at one instant; others"
                                + " try again after 1, 3 and 7 s",
                        patient.setting("limits.backlog", crowd(patient))));
    }

    /// The backlog that the kernel allows.
    static Optional<Finding> longestBacklog(Patient patient) {
        String name = "net.core.somaxconn";
        int backlog = patient.settings().limits().connections().backlog();
        long needed = Math.max(backlog, crowd(patient));
        return Optional.of(
                patient.machine()
                        .number(SOMAXCONN)
                        .map(
                                most ->
                                        Finding.note(
                                                name,
                                                Amount.count(most),
                                                most >= needed,
                                                most < backlog
                                                        ? "cuts limits.backlog down to this"
                                                        : "the most that limits.backlog can be",
                                                patient.sysctl(name, needed)))
                        .orElseGet(() -> Finding.unknown(name, SOMAXCONN)));
    }

    /// The clients that have sent a SYN, and not yet answered the kernel's.
    static Optional<Finding> halfOpen(Patient patient) {
        String name = "net.ipv4.tcp_max_syn_backlog";
        return Optional.of(
                patient.machine()
                        .number(SYN_BACKLOG)
                        .map(
                                most ->
                                        Finding.note(
                                                name,
                                                Amount.count(most),
                                                most >= crowd(patient) / 2,
                                                "clients whose handshake may be unfinished at one"
                                                        + " instant",
                                                patient.sysctl(name, crowd(patient))))
                        .orElseGet(() -> Finding.unknown(name, SYN_BACKLOG)));
    }

    /// Does not concern the server, as many believe it does.
    static Optional<Finding> ports(Patient patient) {
        String name = "net.ipv4.ip_local_port_range";
        List<Long> range = patient.machine().numbers(PORT_RANGE, 2);
        if (range.isEmpty() || range.getFirst() > range.getLast()) {
            return Optional.of(Finding.unknown(name, PORT_RANGE));
        }
        return Optional.of(
                Finding.good(
                        name,
                        range.getFirst() + " to " + range.getLast(),
                        ("for the side that connects, not this server: a client address, or a proxy"
                                        + " here, can open %,d connections to one port")
                                .formatted(range.getLast() - range.getFirst() + 1)));
    }

    /// How many clients of so many may come at one instant, as `ops/guide/memory.md` has it.
    private static int crowd(Patient patient) {
        if (patient.goal() >= 1_000_000) {
            return 65_535;
        }
        return patient.goal() >= 100_000 ? 16_384 : 4_096;
    }
}

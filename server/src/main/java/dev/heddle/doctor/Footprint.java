package dev.heddle.doctor;

import dev.heddle.config.NetSettings;
import dev.heddle.net.transport.Sockets;

/// The memory of idle connections, in bytes, as `ops/guide/memory.md` has it.
///
/// @param live heap of one connection after a full collection
/// @param resident what the process grows by with one connection, the heap in it
record Footprint(long live, long resident) {
    /// Sockets and what belongs to them, of one connection, in the kernel.
    static final long KERNEL = 3_864;

    /// The process before its first connection.
    static final long PROCESS = 100 * Amount.MIB;

    /// The heap that the server has beside connections and what its settings bound.
    static final long HEAP = 32 * Amount.MIB;

    /// The collector works in what is not live, and bursts need some.
    static final long HEADROOM = 2;

    private static final Footprint TUNED = new Footprint(890, 1_188);
    private static final Footprint PLAIN = new Footprint(2_130, 6_100);
    private static final Footprint OVER_JDK = new Footprint(2_530, 6_100);

    /// The memory that TLS adds, once there was some traffic.
    private static final long TLS = 5_000;

    /// The footprint of the patient's connections, over the sockets that its server would have, and
    /// over TLS if its public port speaks that.
    static Footprint of(Patient patient) {
        NetSettings net = patient.settings().net();
        Footprint plain = on(patient.jvm(), Sockets.choose(net));
        return net.tls().isOn() ? new Footprint(plain.live + TLS, plain.resident + TLS) : plain;
    }

    /// The footprint without TLS.
    static Footprint on(Jvm jvm, Sockets sockets) {
        if (sockets.kind().equals(Sockets.JDK)) {
            return OVER_JDK;
        }
        return jvm.isTuned() ? TUNED : PLAIN;
    }

    /// The heap that a connection needs.
    long heap() {
        return HEADROOM * live;
    }

    /// The machine's memory that a connection takes.
    long all() {
        return resident + KERNEL;
    }
}

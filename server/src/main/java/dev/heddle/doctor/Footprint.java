package dev.heddle.doctor;

/// What idle connections take, in bytes, as `ops/guide/memory.md` has it.
///
/// @param live heap of one connection after a full collection
/// @param resident what the process grows by with one connection, the heap in it
record Footprint(long live, long resident) {
    /// Sockets and what belongs to them, of one connection, in the kernel.
    static final long KERNEL = 3_864;

    /// The process before its first connection.
    static final long PROCESS = 100 * Amount.MIB;

    /// The heap that the server has beside connections.
    static final long HEAP = 64 * Amount.MIB;

    /// The collector works in what is not live, and bursts need some.
    static final long HEADROOM = 2;

    private static final Footprint TUNED = new Footprint(1_370, 1_370);
    private static final Footprint PLAIN = new Footprint(2_240, 5_300);

    /// What TLS adds, once there was some traffic.
    private static final long TLS = 5_300;

    /// What the patient's take, over TLS if its public port speaks that.
    static Footprint of(Patient patient) {
        Footprint plain = on(patient.jvm());
        return patient.settings().net().tls().isOn()
                ? new Footprint(plain.live + TLS, plain.resident + TLS)
                : plain;
    }

    /// What they take on this Java without TLS.
    static Footprint on(Jvm jvm) {
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

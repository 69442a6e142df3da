package dev.heddle.doctor;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Processors and their clock.
final class ProcessorChecks {
    private static final String CLOCK =
            "sys/devices/system/clocksource/clocksource0/current_clocksource";

    /// Clocks that are read without asking the kernel.
    private static final Set<String> QUICK =
            Set.of(
                    "tsc",
                    "kvm-clock",
                    "hyperv_clocksource_tsc_page",
                    "arch_sys_counter",
                    "riscv_clocksource",
                    "timebase",
                    "tod");

    /// Pings and pongs that a processor has time for in half of a second, at 20 µs each: the other
    /// half is left for messages.
    private static final double PINGS_PER_SECOND = 25_000;

    private ProcessorChecks() {}

    /// Idle connections cost processor time only when they are pinged.
    static Optional<Finding> pings(Patient patient) {
        String name = "CPU";
        Optional<ControlGroup.Limit> limit = new ControlGroup(patient.machine()).processors();
        if (limit.isPresent() && limit.get().amount().isEmpty()) {
            return Optional.of(Finding.unknown(name, limit.get().file()));
        }
        double processors =
                Math.min(
                        patient.jvm().processors(),
                        limit.flatMap(ControlGroup.Limit::amount).orElse(Double.MAX_VALUE));
        String value = String.format(Locale.ROOT, "%.3g cores", processors).replace(".00 ", " ");
        Duration interval = patient.settings().deadlines().liveness().pingInterval();
        if (interval.isZero()) {
            return Optional.of(
                    Finding.good(name, value, "idle connections cost no CPU: pings are off"));
        }
        double perSecond = processors * PINGS_PER_SECOND;
        long seconds = Amount.roundUp((long) Math.ceil(patient.goal() / perSecond), 10);
        return Optional.of(
                Finding.cap(
                        name,
                        value,
                        (long) (perSecond * interval.toMillis() / 1_000),
                        patient,
                        "half of it for pings every %s, of 20 µs each".formatted(text(interval)),
                        patient.setting("deadlines.ping-interval", seconds + "s")));
    }

    static Optional<Finding> clock(Patient patient) {
        return Optional.of(
                patient.machine()
                        .word(CLOCK)
                        .map(
                                clock ->
                                        Finding.note(
                                                "clock",
                                                clock,
                                                QUICK.contains(clock),
                                                QUICK.contains(clock)
                                                        ? "read without asking the kernel"
                                                        : "each message reads it, and each reading"
                                                                + " asks the kernel",
                                                new Change(
                                                        "clocksource=tsc tsc=reliable",
                                                        "GRUB_CMDLINE_LINUX of /etc/default/grub")))
                        .orElseGet(() -> Finding.unknown("clock", CLOCK)));
    }

    private static String text(Duration duration) {
        return duration.toString().substring(2).toLowerCase(Locale.ROOT);
    }
}

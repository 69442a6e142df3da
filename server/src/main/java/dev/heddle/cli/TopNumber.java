package dev.heddle.cli;

import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/// A number that `heddle top` shows, as the dashboard does.
///
/// @param title what it is
/// @param value the number
/// @param beside what stands beside it
/// @param isHigh whether somebody should look
record TopNumber(
        String title,
        Function<LiveSamples, String> value,
        Function<LiveSamples, String> beside,
        Predicate<LiveSamples> isHigh) {
    private static final int LONG_QUEUE = 1000;
    private static final double LONG_TIME = 1;
    private static final double MUCH_GC = 0.1;

    /// The numbers in the order of the page: what clients get, and what the process takes.
    static final List<TopNumber> ALL =
            List.of(
                    calm(
                            "Connections",
                            now -> Figures.count(now.now("heddle_connections")),
                            now -> Figures.count(now.now("heddle_users")) + " users"),
                    new TopNumber(
                            "Hub queue",
                            now -> Figures.count(now.now("heddle_hub_queue")),
                            now -> "channels " + Figures.count(now.now("heddle_channel_queue")),
                            now ->
                                    now.now("heddle_hub_queue") + now.now("heddle_channel_queue")
                                            > LONG_QUEUE),
                    calm(
                            "Deliveries/s",
                            now -> Figures.rate(now.rate("heddle_messages_sent_total")),
                            now -> Figures.bytes(now.rate("heddle_sent_bytes_total")) + "/s"),
                    new TopNumber(
                            "Slow consumers",
                            now -> Figures.count(now.now("heddle_slow_consumers_total")),
                            now -> lately(now) + " last minute",
                            now -> now.growth("heddle_slow_consumers_total") > 0),
                    calm(
                            "Received/s",
                            now -> Figures.rate(now.rate("heddle_messages_received_total")),
                            now -> Figures.bytes(now.rate("heddle_received_bytes_total")) + "/s"),
                    new TopNumber(
                            "CPU",
                            now -> Figures.decimal(now.rate("process_cpu_seconds_total")),
                            now -> "cores of " + Figures.count(parallelism(now)),
                            now -> now.rate("process_cpu_seconds_total") > 0.95 * parallelism(now)),
                    time("Delivery, p99", "heddle_delivery_seconds"),
                    new TopNumber(
                            "Heap",
                            now -> Figures.bytes(now.now("jvm_memory_used_bytes{area=\"heap\"}")),
                            now -> "of " + Figures.bytes(heapMax(now)),
                            now ->
                                    now.now("jvm_memory_used_bytes{area=\"heap\"}")
                                            > 0.9 * heapMax(now)),
                    time("Command, p99", "heddle_command_seconds"),
                    new TopNumber(
                            "GC",
                            now -> Figures.seconds(now.sumRate("jvm_gc_collection_seconds")),
                            _ -> "per second",
                            now -> now.sumRate("jvm_gc_collection_seconds") > MUCH_GC),
                    new TopNumber(
                            "Handshakes/s",
                            now -> Figures.rate(now.countRate("heddle_handshake_seconds")),
                            now ->
                                    "p99 "
                                            + Figures.seconds(
                                                    now.quantile(0.99, "heddle_handshake_seconds")),
                            now -> now.quantile(0.99, "heddle_handshake_seconds") > LONG_TIME),
                    new TopNumber(
                            "Threads queued",
                            now -> Figures.count(now.now("heddle_scheduler_queued")),
                            now ->
                                    Figures.count(now.now("heddle_scheduler_mounted"))
                                            + " of "
                                            + Figures.count(parallelism(now))
                                            + " run",
                            now -> now.now("heddle_scheduler_queued") > LONG_QUEUE));

    private static TopNumber calm(
            String title,
            Function<LiveSamples, String> value,
            Function<LiveSamples, String> beside) {
        return new TopNumber(title, value, beside, _ -> false);
    }

    /// A time over the last ten seconds; from one second on it needs attention.
    private static TopNumber time(String title, String metric) {
        return new TopNumber(
                title,
                now -> Figures.seconds(now.quantile(0.99, metric)),
                now -> "p50 " + Figures.seconds(now.quantile(0.5, metric)),
                now -> now.quantile(0.99, metric) > LONG_TIME);
    }

    private static String lately(LiveSamples now) {
        return Figures.count(now.growth("heddle_slow_consumers_total"));
    }

    private static double parallelism(LiveSamples now) {
        return now.now("heddle_scheduler_parallelism");
    }

    private static double heapMax(LiveSamples now) {
        return now.now("jvm_memory_max_bytes{area=\"heap\"}");
    }
}

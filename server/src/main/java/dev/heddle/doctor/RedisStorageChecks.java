package dev.heddle.doctor;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Checks of what Redis keeps, for how long, and how much of it.
///
/// `INFO` and `CONFIG GET` are asked before, and may both be forbidden: managed Redis services do
/// that.
final class RedisStorageChecks {
    private static final String FILE = "redis.conf";
    private static final String INFO_FORBIDDEN = "this Redis does not allow INFO";
    private static final String CONFIG_FORBIDDEN = "this Redis does not allow CONFIG";

    /// Of `maxmemory`, from which on it is nearly full.
    private static final double NEARLY = 0.8;

    /// Less than this a node fills in a moment in which it does not read.
    private static final long LEAST_BUFFER = Amount.MIB;

    private RedisStorageChecks() {}

    static Finding policy(Map<String, String> info) {
        String name = "Redis maxmemory-policy";
        String policy = info.get("maxmemory_policy");
        if (policy == null) {
            return Finding.untold(name, INFO_FORBIDDEN + "; it should be noeviction");
        }
        return Finding.note(
                name,
                policy,
                policy.equals("noeviction"),
                policy.equals("noeviction")
                        ? "where memory is full, publications are refused and nothing is lost"
                        : "where memory is full, logs are evicted: their epochs change, and"
                                + " subscribers are told to subscribe anew",
                new Change("maxmemory-policy noeviction", FILE));
    }

    static Finding memory(Map<String, String> info) {
        String name = "Redis memory";
        Optional<Long> used = number(info, "used_memory");
        Optional<Long> most = number(info, "maxmemory");
        if (used.isEmpty() || most.isEmpty()) {
            return Finding.untold(name, INFO_FORBIDDEN);
        }
        if (most.get() == 0) {
            return ofNoLimit(name, used.get(), number(info, "total_system_memory"));
        }
        String value = Amount.bytes(used.get()) + " of " + Amount.bytes(most.get());
        if (used.get() >= most.get()) {
            return "noeviction".equals(info.get("maxmemory_policy"))
                    ? Finding.fault(name, value, "it is full and takes no more publications")
                    : Finding.advice(name, value, "it is full and evicts");
        }
        return used.get() > most.get() * NEARLY
                ? Finding.advice(name, value, "it is nearly full")
                : Finding.good(name, value, "maxmemory");
    }

    private static Finding ofNoLimit(String name, long used, Optional<Long> machine) {
        Finding finding =
                Finding.advice(
                        name,
                        Amount.bytes(used) + ", no limit",
                        "without maxmemory it grows until the kernel kills it");
        return machine.filter(bytes -> bytes >= 2 * Amount.MIB)
                .map(bytes -> "maxmemory %dmb".formatted(bytes / 2 / Amount.MIB))
                .map(line -> finding.with(new Change(line, FILE + ", half of its machine")))
                .orElse(finding);
    }

    static Finding persistence(Map<String, String> info, Map<String, String> config) {
        String name = "Redis persistence";
        String appends = info.get("aof_enabled");
        String saves = config.get("save");
        Change change = new Change("appendonly yes", FILE);
        if ("1".equals(appends)) {
            return Finding.good(
                    name, "AOF", "a restart keeps histories, but for the last second or so");
        }
        if (appends == null || saves == null) {
            return Finding.untold(
                    name,
                    (appends == null ? INFO_FORBIDDEN : "no AOF, and " + CONFIG_FORBIDDEN)
                            + "; without it a restart loses histories");
        }
        return saves.isEmpty()
                ? Finding.advice(name, "none", "a restart loses all histories").with(change)
                : Finding.advice(
                                name,
                                "RDB (save " + saves + ")",
                                "a restart goes back to the last snapshot, and clients that had"
                                        + " read further may miss publications unnoticed")
                        .with(change);
    }

    /// The setting is a list: a kind of client, bytes, bytes and seconds; then the next kind.
    static Finding pubSubBuffers(Map<String, String> config) {
        String name = "Redis Pub/Sub buffer";
        String setting = config.get("client-output-buffer-limit");
        if (setting == null) {
            return Finding.untold(name, CONFIG_FORBIDDEN);
        }
        List<String> words = List.of(setting.split(" ", -1));
        int at = words.indexOf("pubsub");
        if (at < 0 || at + 3 >= words.size()) {
            return Finding.untold(name, "its answer has no client-output-buffer-limit pubsub");
        }
        long hard = Machine.parse(words.get(at + 1)).orElse(0L);
        long soft = Machine.parse(words.get(at + 2)).orElse(0L);
        return ofBuffers(name, hard, soft, words.get(at + 3));
    }

    private static Finding ofBuffers(String name, long hard, long soft, String seconds) {
        Change change = new Change("client-output-buffer-limit pubsub 32mb 8mb 60", FILE);
        if (hard == 0 && soft == 0) {
            return Finding.advice(
                            name, "no limit", "a node that does not read fills the memory of Redis")
                    .with(change);
        }
        String value =
                (hard == 0 ? "" : Amount.bytes(hard))
                        + (hard == 0 || soft == 0 ? "" : ", ")
                        + (soft == 0 ? "" : "%s for %s s".formatted(Amount.bytes(soft), seconds));
        return Finding.note(
                name,
                value,
                hard == 0 || hard >= LEAST_BUFFER,
                "a node that is further behind is cut off; it connects again and reads what it"
                        + " missed from the logs",
                change);
    }

    private static Optional<Long> number(Map<String, String> answers, String name) {
        return Optional.ofNullable(answers.get(name)).flatMap(Machine::parse);
    }
}

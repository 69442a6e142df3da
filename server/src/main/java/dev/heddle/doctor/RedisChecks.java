package dev.heddle.doctor;

import dev.heddle.broker.redis.RedisCheck;
import dev.heddle.broker.redis.RedisReport;
import dev.heddle.broker.redis.RedisReport.Answered;
import dev.heddle.broker.redis.RedisReport.Silent;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The Redis that all nodes share: whether it answers, and what it is.
final class RedisChecks {
    private static final String INFO_FORBIDDEN = "this Redis does not allow INFO";

    /// A publisher waits for an answer or two; a node in the same network gets it in less than one
    /// millisecond.
    private static final Duration SLOW = Duration.ofMillis(10);

    private static final Pattern VERSION = Pattern.compile("(\\d{1,4})\\.(\\d{1,4})(\\..*)?");
    private static final int LEAST_MAJOR = 6, LEAST_MINOR = 2;

    private RedisChecks() {}

    /// Asks the Redis. Blocks until it has answered, or a question has taken too long.
    static List<Finding> look(Patient patient) {
        return findings(RedisCheck.ask(patient.settings().cluster().redis()));
    }

    /// The findings about its answers.
    static List<Finding> findings(RedisReport report) {
        return switch (report) {
            case Silent(String reason) -> List.of(Finding.fault("Redis answer", "none", reason));
            case Answered(Duration latency, var info, var config, var sentinels) -> {
                List<Finding> findings = new ArrayList<>(sentinels(sentinels));
                findings.addAll(
                        List.of(
                                answer(latency),
                                version(info),
                                role(info),
                                RedisStorageChecks.policy(info),
                                RedisStorageChecks.memory(info),
                                RedisStorageChecks.persistence(info, config),
                                RedisStorageChecks.pubSubBuffers(config)));
                yield findings;
            }
        };
    }

    private static List<Finding> sentinels(SortedMap<String, Boolean> known) {
        if (known.isEmpty()) {
            return List.of();
        }
        String name = "Redis Sentinels";
        List<String> silent =
                known.entrySet().stream()
                        .filter(each -> !each.getValue())
                        .map(Map.Entry::getKey)
                        .toList();
        String value =
                "%d of %d know the primary".formatted(known.size() - silent.size(), known.size());
        return List.of(
                silent.isEmpty()
                        ? Finding.good(name, value, "they say which server takes writes")
                        : Finding.advice(
                                name,
                                value,
                                "nothing came from "
                                        + String.join(", ", silent)
                                        + ": with too few, no replica takes a dead primary's"
                                        + " place"));
    }

    private static Finding answer(Duration latency) {
        String name = "Redis answer";
        String value =
                String.format(Locale.ROOT, "%.2f ms", latency.toNanos() / 1_000_000.0)
                        + " (median of 20)";
        return latency.compareTo(SLOW) < 0
                ? Finding.good(name, value, "every publisher waits for it")
                : Finding.advice(
                        name,
                        value,
                        "every publisher waits for it; in one network it takes less than 1 ms");
    }

    private static Finding version(Map<String, String> info) {
        String name = "Redis version";
        String version = info.get("redis_version");
        if (version == null) {
            return Finding.untold(name, INFO_FORBIDDEN + "; 6.2 or newer is needed");
        }
        String valkey = info.get("valkey_version");
        String value = valkey == null ? version : "Valkey " + valkey;
        Matcher parts = VERSION.matcher(version);
        if (!parts.matches()) {
            return Finding.advice(
                    name, value, "6.2 or newer is needed, and the version is unknown");
        }
        int major = Integer.parseInt(parts.group(1));
        int minor = Integer.parseInt(parts.group(2));
        boolean isNewEnough = major > LEAST_MAJOR || major == LEAST_MAJOR && minor >= LEAST_MINOR;
        return isNewEnough
                ? Finding.good(name, value, "6.2 or newer is needed")
                : Finding.fault(name, value, "6.2 or newer is needed");
    }

    private static Finding role(Map<String, String> info) {
        String name = "Redis role";
        String role = info.get("role");
        if (role == null) {
            return Finding.untold(name, INFO_FORBIDDEN + "; it must be a primary");
        }
        if ("1".equals(info.get("cluster_enabled"))) {
            return Finding.fault(
                    name,
                    "node of a Redis Cluster",
                    "it takes a part of the keys only; Heddle needs a single server");
        }
        if (role.equals("master")) {
            return Finding.good(
                    name,
                    "primary",
                    "it takes writes; replicas: "
                            + info.getOrDefault("connected_slaves", "unknown"));
        }
        String primary =
                info.containsKey("master_host")
                        ? "; its primary is %s:%s"
                                .formatted(info.get("master_host"), info.get("master_port"))
                        : "";
        return Finding.fault(name, "replica", "a replica takes no writes" + primary);
    }
}

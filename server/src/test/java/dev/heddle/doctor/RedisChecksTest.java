package dev.heddle.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.broker.redis.RedisReport;
import dev.heddle.doctor.Finding.Mark;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

class RedisChecksTest {
    private static final Duration QUICK = Duration.ofNanos(123_456);

    private final Map<String, String> info =
            new HashMap<>(
                    Map.of(
                            "redis_version", "7.0.15",
                            "role", "master",
                            "connected_slaves", "1",
                            "cluster_enabled", "0",
                            "maxmemory_policy", "noeviction",
                            "maxmemory", "1073741824",
                            "used_memory", "1048576",
                            "total_system_memory", "8589934592",
                            "aof_enabled", "1"));

    private final Map<String, String> config =
            new HashMap<>(
                    Map.of(
                            "save",
                            "3600 1",
                            "client-output-buffer-limit",
                            "normal 0 0 0 slave 268435456 67108864 60 pubsub 33554432 8388608 60"));

    @Test
    void oneThatIsAsItShouldBeIsGood() {
        assertEquals(
                List.of(
                        "Redis answer = 0.12 ms (median of 20)",
                        "Redis version = 7.0.15",
                        "Redis role = primary",
                        "Redis maxmemory-policy = noeviction",
                        "Redis memory = 1 MiB of 1 GiB",
                        "Redis persistence = AOF",
                        "Redis Pub/Sub buffer = 32 MiB, 8 MiB for 60 s"),
                findings().stream().map(each -> each.name() + " = " + each.value()).toList());
        assertTrue(findings().stream().allMatch(each -> each.mark() == Mark.GOOD));
    }

    /// One answer of `INFO` that differs, and what is said then.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "redis_version | 6.2.0 | Redis version | GOOD | 6.2.0",
                "redis_version | 10.0 | Redis version | GOOD | 10.0",
                "redis_version | 6.0.16 | Redis version | FAULT | 6.0.16",
                "redis_version | 5.0.7 | Redis version | FAULT | 5.0.7",
                "redis_version | unstable | Redis version | ADVICE | unstable",
                "valkey_version | 8.1.0 | Redis version | GOOD | Valkey 8.1.0",
                "role | slave | Redis role | FAULT | replica",
                "cluster_enabled | 1 | Redis role | FAULT | node of a Redis Cluster",
                "maxmemory_policy | allkeys-lru | Redis maxmemory-policy | ADVICE | allkeys-lru",
                "maxmemory_policy | volatile-ttl | Redis maxmemory-policy | ADVICE | volatile-ttl",
                "used_memory | 1000000000 | Redis memory | ADVICE | 953.7 MiB of 1 GiB",
                "used_memory | 1073741824 | Redis memory | FAULT | 1 GiB of 1 GiB",
                "maxmemory | 0 | Redis memory | ADVICE | 1 MiB, no limit",
                "aof_enabled | 0 | Redis persistence | ADVICE | RDB (save 3600 1)",
            })
    void saysWhatItIsAndWhetherHeddleCanWorkWithIt(
            String asked, String answer, String name, Mark mark, String value) {
        info.put(asked, answer);
        assertEquals(mark, find(name).mark());
        assertEquals(value, find(name).value());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "33554432 8388608 60 | GOOD | 32 MiB, 8 MiB for 60 s",
                "1048576 0 0 | GOOD | 1 MiB",
                "65536 0 0 | ADVICE | 64 KiB",
                "0 8388608 60 | GOOD | 8 MiB for 60 s",
                "0 0 0 | ADVICE | no limit",
                "1 | UNKNOWN | cannot be asked",
            })
    void saysHowFarANodeMayBeBehind(String limits, Mark mark, String value) {
        config.put("client-output-buffer-limit", "normal 0 0 0 pubsub " + limits);
        assertEquals(mark, find("Redis Pub/Sub buffer").mark());
        assertEquals(value, find("Redis Pub/Sub buffer").value());
    }

    @Test
    void saysWhatToWrite() {
        info.put("maxmemory_policy", "allkeys-lru");
        info.put("maxmemory", "0");
        info.put("aof_enabled", "0");
        config.put("save", "");
        assertEquals(
                List.of("maxmemory-policy noeviction", "maxmemory 4096mb", "appendonly yes"),
                findings().stream()
                        .flatMap(each -> each.change().stream())
                        .map(Change::line)
                        .toList());
        assertEquals("a restart loses all histories", find("Redis persistence").why());
    }

    @Test
    void aReplicaNamesItsPrimary() {
        info.putAll(Map.of("role", "slave", "master_host", "10.0.0.5", "master_port", "6379"));
        assertEquals(
                "a replica takes no writes; its primary is 10.0.0.5:6379",
                find("Redis role").why());
    }

    @Test
    void aSlowOneIsAdvice() {
        Finding slow =
                RedisChecks.findings(
                                new RedisReport.Answered(
                                        Duration.ofMillis(10), info, config, new TreeMap<>()))
                        .getFirst();
        assertEquals(Mark.ADVICE, slow.mark());
        assertEquals("10.00 ms (median of 20)", slow.value());
    }

    @Test
    void whatMustNotBeAskedIsNoFault() {
        info.clear();
        config.clear();
        assertEquals(7, findings().size());
        assertTrue(
                findings().stream()
                        .skip(1)
                        .allMatch(
                                each ->
                                        each.mark() == Mark.UNKNOWN
                                                && each.value().equals("cannot be asked")));
    }

    @Test
    void whetherSnapshotsAreSavedMayNotBeAskedWhileTheRestIs() {
        info.put("aof_enabled", "0");
        config.clear();
        assertEquals(
                "no AOF, and this Redis does not allow CONFIG; without it a restart loses"
                        + " histories",
                find("Redis persistence").why());
    }

    @Test
    void theReportHasASectionAndASentenceOfItsOwn(@TempDir Path root) throws Exception {
        Diagnosis machine = FakedMachine.withOpenFiles(root, 20_000).diagnosis(100);
        info.put("role", "slave");
        var diagnosis =
                new Diagnosis(100, machine.ofConnections(), machine.ofTheRest(), findings());
        List<String> lines =
                Report.lines("", diagnosis, true, Paper.of("", StandardCharsets.UTF_8, false));
        assertTrue(lines.contains("  The Redis that all nodes share"), lines::toString);
        assertTrue(lines.contains("✗ Redis role                    replica"), lines::toString);
        assertEquals(
                "Heddle cannot work with this Redis: Redis role.", lines.get(lines.size() - 2));
        assertTrue(machine.isFit());
    }

    private Finding find(String name) {
        return findings().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private List<Finding> findings() {
        return RedisChecks.findings(new RedisReport.Answered(QUICK, info, config, new TreeMap<>()));
    }
}

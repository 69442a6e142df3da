package dev.heddle.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.broker.redis.RedisCheck;
import dev.heddle.doctor.Finding.Mark;
import dev.heddle.support.RedisServer;
import dev.heddle.support.Soon;
import dev.heddle.support.TestServer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// A real Redis, asked.
class RedisChecksIT {
    @TempDir private Path root;

    @Test
    void asksWhatItIsAndHowItIsSet() throws IOException {
        try (RedisServer redis =
                new RedisServer(
                        "--appendonly",
                        "no",
                        "--maxmemory",
                        "1gb",
                        "--maxmemory-policy",
                        "allkeys-lfu",
                        "--client-output-buffer-limit",
                        "pubsub 16mb 4mb 30")) {
            Diagnosis diagnosis = diagnosis(redis.uri());
            assertTrue(diagnosis.isFit());
            assertTrue(
                    find(diagnosis, "Redis answer").value().matches("\\d+\\.\\d\\d ms .*"),
                    diagnosis::toString);
            assertTrue(
                    find(diagnosis, "Redis version").value().matches("(Valkey )?\\d+\\..*"),
                    diagnosis::toString);
            assertEquals("primary", find(diagnosis, "Redis role").value());
            assertEquals("allkeys-lfu", find(diagnosis, "Redis maxmemory-policy").value());
            assertTrue(
                    find(diagnosis, "Redis memory").value().endsWith(" of 1 GiB"),
                    diagnosis::toString);
            assertEquals("none", find(diagnosis, "Redis persistence").value());
            assertEquals("16 MiB, 4 MiB for 30 s", find(diagnosis, "Redis Pub/Sub buffer").value());
        }
    }

    @Test
    void sentinelsAreAskedWhichKnowThePrimary() throws Exception {
        try (RedisServer primary = new RedisServer();
                RedisServer good = RedisServer.sentinel("main", primary);
                RedisServer dead = RedisServer.sentinel("main", primary)) {
            dead.kill();
            String uri =
                    "redis-sentinel://127.0.0.1:%d,127.0.0.1:%d#main"
                            .formatted(good.port(), dead.port());
            Finding finding = find(diagnosis(uri), "Redis Sentinels");
            assertEquals("1 of 2 know the primary", finding.value());
            assertTrue(finding.toString().contains("127.0.0.1:" + dead.port()), finding::toString);
            Diagnosis unknown = diagnosis(uri.replace("#main", "#other"));
            assertFalse(unknown.isFit());
            assertTrue(
                    unknown.toString().contains("no Sentinel knows the primary"),
                    unknown::toString);
        }
    }

    @Test
    void aReplicaIsAFault() throws IOException {
        try (RedisServer primary = new RedisServer();
                RedisServer replica =
                        new RedisServer("--replicaof", "127.0.0.1 " + primary.port())) {
            Soon.until(() -> replica.ask("INFO replication").contains("master_link_status:up"));
            Diagnosis diagnosis = diagnosis(replica.uri());
            assertFalse(diagnosis.isFit());
            assertEquals(
                    "a replica takes no writes; its primary is 127.0.0.1:" + primary.port(),
                    find(diagnosis, "Redis role").why());
        }
    }

    @Test
    void aServiceThatForbidsInfoAndConfigIsNoFault() throws IOException {
        try (RedisServer redis =
                new RedisServer("--rename-command", "INFO", "", "--rename-command", "CONFIG", "")) {
            Diagnosis diagnosis = diagnosis(redis.uri());
            assertTrue(diagnosis.isFit());
            assertEquals(Mark.GOOD, find(diagnosis, "Redis answer").mark());
            assertEquals("primary", find(diagnosis, "Redis role").value());
            assertEquals("cannot be asked", find(diagnosis, "Redis version").value());
            assertEquals("cannot be asked", find(diagnosis, "Redis Pub/Sub buffer").value());
        }
    }

    @Test
    void aWrongPasswordIsAFaultThatSaysSo() throws IOException {
        try (RedisServer redis = new RedisServer("--requirepass", "right")) {
            Finding answer = findings(redis.uri(), "wrong").getFirst();
            assertEquals(Mark.FAULT, answer.mark());
            assertTrue(answer.why().contains("WRONGPASS"), answer::why);
            assertEquals(Mark.GOOD, findings(redis.uri(), "right").getFirst().mark());
        }
    }

    @Test
    void withoutTheSettingNoClassOfRedisIsLoaded() throws Exception {
        Path loaded = root.resolve("loaded");
        ProcessBuilder builder =
                new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xlog:class+load:file=" + loaded,
                        "-jar",
                        Path.of("target", "heddle.jar").toString(),
                        "doctor");
        builder.environment().keySet().removeIf(name -> name.startsWith("HEDDLE_"));
        builder.environment().put("HEDDLE_WARM_UP", "0s");
        Process doctor = builder.redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        assertEquals(0, doctor.waitFor());
        String classes = Files.readString(loaded);
        assertTrue(classes.contains("dev.heddle.doctor.Diagnosis"), classes);
        assertFalse(classes.contains("dev.heddle.broker.redis"), classes);
        assertFalse(classes.contains("redis.clients"), classes);
    }

    private static List<Finding> findings(String uri, String password) {
        var settings =
                TestServer.configured(
                        Map.of(
                                "HEDDLE_CLUSTER_REDIS_URI", uri,
                                "HEDDLE_CLUSTER_REDIS_PASSWORD", password));
        return RedisChecks.findings(RedisCheck.ask(settings.cluster().redis()));
    }

    private Diagnosis diagnosis(String uri) throws IOException {
        return FakedMachine.withPlenty(root).diagnosis(100, "cluster.redis.uri=" + uri);
    }

    private static Finding find(Diagnosis diagnosis, String name) {
        return diagnosis.ofRedis().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}

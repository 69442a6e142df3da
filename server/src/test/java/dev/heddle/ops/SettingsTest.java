package dev.heddle.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.config.Configuration;
import dev.heddle.config.Settings;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// Settings of the kernel, of systemd and of proxies: that they exist, and that they fit each other
/// and Heddle's own.
class SettingsTest {
    private static final Pattern KERNEL =
            Pattern.compile("(-?)([a-z0-9_.]+) = ([0-9]+(?:[ -][0-9]+)*)");
    private static final Settings DEFAULTS = defaults();

    static List<String> kernelLines() throws IOException {
        return OpsFile.read("sysctl.d/90-heddle.conf")
                .text()
                .lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("kernelLines")
    void theKernelKnowsEachSetting(String line) throws IOException {
        MatchResult parts = KERNEL.matcher(line).results().findFirst().orElseThrow();
        assertEquals(line, parts.group());
        Path file = Path.of("/proc/sys", parts.group(2).replace('.', '/'));
        boolean isOfAModule = parts.group(1).equals("-");
        if (Files.exists(file)) {
            String now = Files.readString(file).strip();
            boolean isList = parts.group(2).endsWith("ports");
            int expected = isList ? 1 : now.split("\\s+").length;
            assertEquals(expected, parts.group(3).split(" ").length, now);
        } else {
            assertTrue(isOfAModule, file + " is not in this kernel");
        }
    }

    @Test
    void aProcessMayHaveTheFilesThatItsLimitsSay() throws IOException {
        long most = kernel("fs.nr_open");
        List<String> limits =
                OpsFile.read("limits.d/heddle.conf")
                        .text()
                        .lines()
                        .filter(line -> !line.startsWith("#"))
                        .toList();
        String files = UnitFile.read().value("LimitNOFILE");
        assertEquals(List.of("heddle soft nofile " + files, "heddle hard nofile " + files), limits);
        assertTrue(Long.parseLong(files) < most, files);
    }

    @Test
    void systemdWaitsUntilTheServerHasDrained() throws IOException {
        UnitFile unit = UnitFile.read();
        Duration wait = seconds(unit.value("TimeoutStopSec"));
        Duration drain = DEFAULTS.deadlines().stopping().drain().plus(DEFAULTS.deadlines().close());
        assertTrue(wait.compareTo(drain) > 0, wait::toString);
        assertEquals(List.of(), unit.values("MemoryDenyWriteExecute"), "the JVM writes code");
    }

    @Test
    void noOtherProgramGetsThePortsByChance() throws IOException {
        assertTrue(
                kernelLines()
                        .contains(
                                "net.ipv4.ip_local_reserved_ports = %d-%d"
                                        .formatted(
                                                DEFAULTS.server().port(),
                                                DEFAULTS.internal().port())));
    }

    @ParameterizedTest
    @CsvSource({
        "nginx/heddle.conf, proxy_read_timeout 90s",
        "nginx/heddle.conf, proxy_send_timeout 90s",
        "haproxy/haproxy.cfg, timeout tunnel 90s",
    })
    void proxiesWaitLongerThanTheServerForASignOfLife(String file, String line) throws IOException {
        OpsFile.read(file).with(line, "");
        Duration alive =
                DEFAULTS.deadlines()
                        .liveness()
                        .pingInterval()
                        .plus(DEFAULTS.deadlines().liveness().pong())
                        .multipliedBy(2);
        assertTrue(seconds(line.replaceFirst(".* ", "")).compareTo(alive) > 0);
    }

    @ParameterizedTest
    @CsvSource({
        "nginx/heddle.conf, keepalive_timeout 8s",
        "haproxy/haproxy.cfg, timeout http-keep-alive 8s",
    })
    void proxiesGiveIdleConnectionsUpBeforeTheServerDoes(String file, String line)
            throws IOException {
        OpsFile.read(file).with(line, "");
        Duration kept = seconds(line.replaceFirst(".* ", ""));
        assertTrue(kept.compareTo(DEFAULTS.deadlines().receiving().head()) < 0);
    }

    private static Settings defaults() {
        return switch (Configuration.read(Optional.empty(), Map.of(), List.of())) {
            case Configuration.Reading.Good(Configuration good) -> good.settings();
            case Configuration.Reading.Faulty(List<String> faults) ->
                    throw new AssertionError(faults);
        };
    }

    private static long kernel(String name) throws IOException {
        return kernelLines().stream()
                .filter(line -> line.startsWith(name + " = "))
                .mapToLong(line -> Long.parseLong(line.substring(name.length() + 3)))
                .findFirst()
                .orElseThrow();
    }

    private static Duration seconds(String text) {
        return Duration.ofSeconds(Long.parseLong(text.replaceFirst("s$", "")));
    }
}

package dev.heddle.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.doctor.Finding.Mark;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

class DiagnosisTest {
    private static final long MILLION = 1_000_000;
    private static final String MEMORY_MAX = "sys/fs/cgroup/system.slice/heddle.service/memory.max";

    @TempDir private Path root;
    private FakedMachine machine;

    @BeforeEach
    void haveAMachineWithPlenty() throws IOException {
        machine = FakedMachine.withPlenty(root);
    }

    @Test
    void plentyIsEnoughForAMillion() {
        Diagnosis diagnosis = machine.diagnosis(MILLION, "limits.backlog=65535");
        assertTrue(diagnosis.isGoalMet(), diagnosis::toString);
        assertEquals(List.of(), all(diagnosis).filter(each -> each.mark() != Mark.GOOD).toList());
    }

    @ParameterizedTest
    @CsvSource({"256, 121", "20000, 19666", "1048576, 1048242", "100, 43", "1, 0", "0, 0"})
    void openFilesAreTheLimit(long files, long connections) throws IOException {
        FakedMachine.withOpenFiles(root, files);
        assertLimit(machine.diagnosis(MILLION), "open files", connections);
    }

    @Test
    void theSoftLimitIsWhatCountsWhereJavaHasNotRaisedIt() throws IOException {
        machine.with("proc/self/limits", FakedMachine.limits("1024", "2000000"));
        Diagnosis diagnosis = machine.diagnosis(MILLION);
        assertLimit(diagnosis, "open files", 690);
        assertEquals("1,024 (soft; hard 2,000,000)", find(diagnosis, "open files").value());
        assertEquals(
                new Change("-XX:+MaxFDLimit", "HEDDLE_JAVA_OPTS, where -XX:-MaxFDLimit is"),
                find(diagnosis, "open files").change().orElseThrow());
    }

    /// One file changed, and what limits the server then.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "proc/sys/fs/file-max | 300000 | fs.file-max | 298666",
                "proc/sys/fs/nr_open | 1048576 | fs.nr_open | 1048242",
                "proc/meminfo | MemTotal: 600000 kB\\nMemAvailable: 500000 kB | memory | 80_590",
                "sys/fs/cgroup/system.slice/heddle.service/memory.max | 536870912 | cgroup memory"
                        + " | 85_513",
                "sys/fs/cgroup/system.slice/heddle.service/memory.high | 536870912 | cgroup memory"
                        + " | 85_513",
                "sys/fs/cgroup/system.slice/memory.max | 536870912 | cgroup memory | 85_513",
                "sys/fs/cgroup/system.slice/heddle.service/cpu.max | 10000 100000 | CPU | 75000",
                "sys/fs/cgroup/cpu.max | 50000 100000 | CPU | 375000",
            })
    void oneFileIsTheLimit(String file, String text, String name, long connections)
            throws IOException {
        machine.with(file, text.replace("\\n", "\n"));
        assertLimit(machine.diagnosis(2 * MILLION), name, connections);
    }

    @ParameterizedTest
    @ValueSource(strings = {"max", "9223372036854771712", "99999999999999999999"})
    void aGroupMayHaveNoLimit(String text) throws IOException {
        machine.with(MEMORY_MAX, text);
        assertEquals("no limit", find(machine.diagnosis(MILLION), "cgroup memory").value());
    }

    @Test
    void theSmallestGroupCounts() throws IOException {
        machine.with(MEMORY_MAX, "1073741824");
        machine.with("sys/fs/cgroup/memory.max", "536870912");
        Finding group = find(machine.diagnosis(MILLION), "cgroup memory");
        assertEquals(85_513, group.connections().orElseThrow());
        assertTrue(group.why().startsWith("/sys/fs/cgroup/memory.max;"), group.why());
    }

    /// In a container the path of v1 is that of the host, and the group is where it is mounted.
    @ParameterizedTest
    @ValueSource(strings = {"/docker/8c1f", "/"})
    void groupsOfTheFirstVersionLimitToo(String path) throws IOException {
        machine.with("proc/self/cgroup", "4:memory:" + path + "\n1:cpu,cpuacct:" + path + "\n0::/");
        machine.with("sys/fs/cgroup/memory/memory.limit_in_bytes", "536870912\n");
        machine.with("sys/fs/cgroup/cpu/cpu.cfs_quota_us", "20000\n");
        machine.with("sys/fs/cgroup/cpu/cpu.cfs_period_us", "100000\n");
        Diagnosis diagnosis = machine.diagnosis(MILLION);
        assertLimit(diagnosis, "cgroup memory", 85_513);
        assertEquals(150_000, find(diagnosis, "CPU").connections().orElseThrow());

        machine.with("sys/fs/cgroup/memory/memory.limit_in_bytes", "9223372036854771712\n");
        machine.with("sys/fs/cgroup/cpu/cpu.cfs_quota_us", "-1\n");
        assertTrue(machine.diagnosis(MILLION).isGoalMet());
    }

    @Test
    void aFirewallThatRemembersConnectionsIsALimitAndOneThatDoesNotIsNone() throws IOException {
        machine.with("proc/sys/net/netfilter/nf_conntrack_max", "65536\n");
        machine.with("proc/sys/net/netfilter/nf_conntrack_count", "36\n");
        assertLimit(machine.diagnosis(MILLION), "conntrack", 65_500);

        machine.with("proc/sys/net/netfilter/nf_conntrack_count", "0\n");
        Diagnosis idle = machine.diagnosis(MILLION);
        assertTrue(idle.isGoalMet());
        assertEquals(Mark.ADVICE, find(idle, "conntrack").mark());

        assertEquals(Mark.GOOD, find(machine.diagnosis(60_000), "conntrack").mark());
    }

    @Test
    void theServersOwnSettingsLimit() {
        assertLimit(
                machine.diagnosis(MILLION, "limits.connections=5000"), "limits.connections", 5_000);
        Diagnosis oftenPinged = machine.diagnosis(MILLION, "deadlines.ping-interval=100ms");
        assertLimit(oftenPinged, "CPU", 160_000);
        assertTrue(machine.diagnosis(MILLION, "deadlines.ping-interval=0s").isGoalMet());
    }

    @Test
    void theHeapIsTheLimitAndConnectionsAreLargerWithoutTheOptions() {
        // A quarter of the heap and 16 MiB are for what all connections may hold together.
        long bytes = ((48L << 20) + 10_000 * 1_780) * 4 / 3;
        Jvm tuned = new Jvm(bytes, 64, 9, List.of());
        assertLimit(machine.diagnosis(tuned, MILLION), "Java heap", 10_000);
        assertEquals(
                "HEDDLE_JAVA_OPTS=-Xmx2560m",
                find(machine.diagnosis(tuned, MILLION), "Java heap").change().orElseThrow().line());
        Jvm plain = new Jvm(bytes, 64, 9, List.of("-XX:+UseCompactObjectHeaders"));
        assertLimit(machine.diagnosis(plain, MILLION), "Java heap", 4_178);
    }

    @Test
    void whatStandsInTheWayIsToldInTheOrderInWhichItDoes() throws IOException {
        FakedMachine.withOpenFiles(root, 20_000).with("proc/sys/fs/nr_open", "1048576");
        Diagnosis diagnosis =
                machine.diagnosis(2 * MILLION, "limits.connections=50000", "limits.backlog=9");
        assertFalse(diagnosis.isGoalMet());
        assertEquals(
                List.of("open files", "limits.connections", "fs.nr_open"),
                diagnosis.inTheWay().stream().map(Finding::name).toList());
        assertTrue(machine.diagnosis(19_666).isGoalMet());
        assertFalse(machine.diagnosis(19_667).isGoalMet());
    }

    /// What is written so is enough: the machine that has it holds two million.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "open files | proc/self/limits | Max open files 1 1 files | LimitNOFILE=2001000"
                        + " | [Service] of /etc/systemd/system/heddle.service",
                "fs.nr_open | proc/sys/fs/nr_open | 1 | fs.nr_open = 2001000"
                        + " | /etc/sysctl.d/90-heddle.conf",
                "fs.file-max | proc/sys/fs/file-max | 1 | fs.file-max = 2100000"
                        + " | /etc/sysctl.d/90-heddle.conf",
                "cgroup memory | sys/fs/cgroup/memory.max | 1 | MemoryMax=9984M"
                        + " | [Service] of /etc/systemd/system/heddle.service",
                "net.core.somaxconn | proc/sys/net/core/somaxconn | 1 | net.core.somaxconn = 65535"
                        + " | /etc/sysctl.d/90-heddle.conf",
                "net.ipv4.tcp_mem | proc/sys/net/ipv4/tcp_mem | 1 1 1 | net.ipv4.tcp_mem = 160000"
                        + " 320000 320000 | /etc/sysctl.d/90-heddle.conf",
                "CPU | sys/fs/cgroup/cpu.max | 100000 100000 | deadlines.ping-interval: 80s"
                        + " | the --config file",
                "vm.max_map_count | proc/sys/vm/max_map_count | 1024 | vm.max_map_count = 65530"
                        + " | /etc/sysctl.d/90-heddle.conf",
                "clock | sys/devices/system/clocksource/clocksource0/current_clocksource | hpet"
                        + " | clocksource=tsc tsc=reliable | GRUB_CMDLINE_LINUX of"
                        + " /etc/default/grub",
            })
    void saysWhatToWriteAndWhere(String name, String file, String text, String line, String where)
            throws IOException {
        machine.with(file, text);
        Finding finding = find(machine.diagnosis(2 * MILLION), name);
        assertEquals(new Change(line, where), finding.change().orElseThrow());
        assertTrue(finding.mark() == Mark.TOO_FEW || finding.mark() == Mark.ADVICE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "open files | --ulimit nofile=10001000 | docker run or podman run",
                "net.core.somaxconn | --sysctl net.core.somaxconn=65535"
                        + " | docker run or podman run",
                "fs.nr_open | fs.nr_open = 10001000 | /etc/sysctl.d/90-heddle.conf of the host",
            })
    void aContainersLimitsAreItsEnginesToSet(String name, String line, String where)
            throws IOException {
        machine.with(".dockerenv", "").with("proc/sys/net/core/somaxconn", "128");
        assertEquals(
                new Change(line, where),
                find(machine.diagnosis(10 * MILLION), name).change().orElseThrow());
    }

    @Test
    void thePortRangeIsNotTheServersLimit() throws IOException {
        machine.with("proc/sys/net/ipv4/ip_local_port_range", "60000\t60009\n");
        Diagnosis diagnosis = machine.diagnosis(MILLION);
        assertTrue(diagnosis.isGoalMet());
        assertTrue(find(diagnosis, "net.ipv4.ip_local_port_range").why().contains("can open 10 "));
    }

    @Test
    void theBacklogIsCutByTheKernel() throws IOException {
        machine.with("proc/sys/net/core/somaxconn", "128");
        Finding cut = find(machine.diagnosis(1_000), "net.core.somaxconn");
        assertEquals(Mark.ADVICE, cut.mark());
        assertEquals("cuts limits.backlog down to this", cut.why());
        assertEquals("net.core.somaxconn = 4096", cut.change().orElseThrow().line());
    }

    @Test
    void elsewhereThanOnLinuxNothingCanBeReadAndNothingIsPromised(@TempDir Path empty) {
        Diagnosis diagnosis = new FakedMachine(empty).diagnosis(1);
        assertEquals(
                List.of(
                        "open files",
                        "fs.nr_open",
                        "fs.file-max",
                        "memory",
                        "cgroup memory",
                        "conntrack"),
                diagnosis.unknown().stream().map(Finding::name).toList());
        assertFalse(diagnosis.isGoalMet());
        assertEquals("/proc/self/limits cannot be read", find(diagnosis, "open files").why());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n",
                "garbage",
                "-1",
                "0 0",
                "max",
                "1e9",
                "1 2 3 4",
                "\u0000\u001b[31m"
            })
    void whatIsOddIsUnknownOrHarmless(String text) throws IOException {
        machine.with("proc/sys/net/netfilter/nf_conntrack_max", text)
                .with("proc/sys/net/netfilter/nf_conntrack_count", text)
                .with("sys/fs/cgroup/cpu.max", text)
                .with("sys/fs/cgroup/cpu/cpu.cfs_quota_us", text)
                .with("sys/fs/cgroup/memory/memory.limit_in_bytes", text)
                .with(MEMORY_MAX, text);
        for (String file : machine.files()) {
            machine.with(file, text);
        }
        Diagnosis diagnosis = machine.diagnosis(MILLION);
        assertEquals(Mark.UNKNOWN, find(diagnosis, "open files").mark());
        assertFalse(diagnosis.isGoalMet());
        assertTrue(
                all(diagnosis).allMatch(each -> each.value().matches("\\p{Print}{1,40}")),
                diagnosis::toString);
    }

    @Test
    void eachFileMayBeMissing() throws IOException {
        for (String file : machine.files()) {
            Diagnosis diagnosis = machine.without(file).diagnosis(MILLION);
            assertTrue(all(diagnosis).noneMatch(each -> each.why().isEmpty()), diagnosis::toString);
            FakedMachine.withPlenty(root);
        }
    }

    private static void assertLimit(Diagnosis diagnosis, String name, long connections) {
        Finding limit = diagnosis.limit().orElseThrow();
        assertEquals(name, limit.name(), diagnosis::toString);
        assertEquals(connections, limit.connections().orElseThrow());
    }

    private static Finding find(Diagnosis diagnosis, String name) {
        return all(diagnosis).filter(each -> each.name().equals(name)).findFirst().orElseThrow();
    }

    private static Stream<Finding> all(Diagnosis diagnosis) {
        return Stream.concat(diagnosis.ofConnections().stream(), diagnosis.ofTheRest().stream());
    }
}

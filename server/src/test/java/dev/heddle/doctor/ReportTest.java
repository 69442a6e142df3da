package dev.heddle.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

class ReportTest {
    private static final long TWO_MILLIONS = 2_000_000;
    private static final Paper PIPE = Paper.of("", StandardCharsets.UTF_8, false);

    @TempDir private Path root;

    @Test
    void endsWithWhatTheMachineHoldsAndWhatStandsInTheWay() throws Exception {
        List<String> lines = report(TWO_MILLIONS, true, PIPE);
        assertEquals(
                """
                The lines after → are for 2,000,000 connections. Then: sysctl --system;
                systemctl daemon-reload; restart.

                Limits below 2,000,000 connections, to raise in this order:
                  1. open files                 20,000                                    19,666
                  2. fs.nr_open                 1,048,576                              1,048,242

                This machine as it is holds 19,666 connections; limited by open files.\
                """,
                tail(lines, 8));
        assertTrue(
                lines.contains(
                        "✗ open files                    20,000"
                                + "                                    19,666"),
                () -> String.join("\n", lines));
        assertTrue(
                lines.contains(
                        "    → LimitNOFILE=2001000 in [Service] of"
                                + " /etc/systemd/system/heddle.service"));
    }

    @Test
    void withoutAQuestionNothingIsInTheWay() throws Exception {
        List<String> lines = report(TWO_MILLIONS, false, PIPE);
        assertFalse(lines.toString().contains("✗"), lines::toString);
        assertFalse(lines.toString().contains("In the way"), lines::toString);
        assertEquals(
                """
                The lines after → are for 2,000,000 connections; --connections N is for
                others. Then: sysctl --system; systemctl daemon-reload; restart.

                This machine as it is holds 19,666 connections; limited by open files.\
                """,
                tail(lines, 4));
    }

    @Test
    void saysWhatIsNotKnown(@TempDir Path empty) throws Exception {
        Diagnosis diagnosis = new FakedMachine(empty).diagnosis(10, "deadlines.ping-interval=0s");
        List<String> lines = Report.lines("", diagnosis, true, PIPE);
        assertTrue(lines.contains("? open files                    unknown"), lines::toString);
        assertTrue(
                lines.getLast()
                        .endsWith(
                                " limited by Java heap, as far as can be known without open files,"
                                        + " fs.nr_open, fs.file-max, memory, cgroup memory,"
                                        + " conntrack."),
                lines::getLast);
    }

    @ParameterizedTest
    @CsvSource({"'', 80", "nonsense, 80", "99999, 80", "40, 60", "90, 90", "300, 100"})
    void fitsTheTerminalAndIsNeverWiderThanReadsWell(String columns, int width) throws Exception {
        List<String> lines =
                report(TWO_MILLIONS, true, Paper.of(columns, StandardCharsets.UTF_8, false));
        assertEquals(width, lines.get(2).length());
        if (width >= 80) {
            assertTrue(lines.stream().allMatch(line -> line.length() <= width), lines::toString);
        }
    }

    @ParameterizedTest
    @CsvSource({"US-ASCII", "ISO-8859-1"})
    void oldTerminalsGetAscii(Charset charset) throws Exception {
        List<String> lines = report(TWO_MILLIONS, true, Paper.of("", charset, false));
        assertTrue(
                StandardCharsets.US_ASCII.newEncoder().canEncode(String.join("", lines)),
                lines::toString);
        assertTrue(lines.stream().anyMatch(line -> line.startsWith("x open files ")));
    }

    @Test
    void coloursAreForTerminals() throws Exception {
        List<String> plain = report(TWO_MILLIONS, true, PIPE);
        List<String> coloured = report(TWO_MILLIONS, true, new Paper(80, false, true));
        assertFalse(String.join("", plain).contains("\u001b"));
        assertEquals(
                plain,
                coloured.stream().map(line -> line.replaceAll("\u001b\\[\\d+m", "")).toList());
        assertTrue(coloured.contains("\u001b[31m✗\u001b[0m" + plain.get(3).substring(1)));
    }

    private List<String> report(long goal, boolean isAsked, Paper paper) throws Exception {
        Diagnosis diagnosis =
                FakedMachine.withOpenFiles(root, 20_000)
                        .with("proc/sys/fs/nr_open", "1048576")
                        .diagnosis(goal);
        return Report.lines("Heddle", diagnosis, isAsked, paper);
    }

    private static String tail(List<String> lines, int count) {
        return String.join("\n", lines.subList(lines.size() - count, lines.size()));
    }
}

package dev.heddle.doctor;

import dev.heddle.doctor.Finding.Mark;
import dev.heddle.doctor.Paper.Style;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A diagnosis for people: two tables, what stands in the way, and one sentence at the end.
public final class Report {
    private static final String MARGIN = "    ";
    private static final int NAME_COLUMNS = 32;

    private final Diagnosis diagnosis;
    private final boolean isAsked;
    private final Paper paper;
    private final List<String> lines = new ArrayList<>();

    private Report(Diagnosis diagnosis, boolean isAsked, Paper paper) {
        this.diagnosis = diagnosis;
        this.isAsked = isAsked;
        this.paper = paper;
    }

    /// The lines of it.
    ///
    /// @param title what is examined, in one line
    /// @param isAsked whether somebody wants to know about [Diagnosis#goal]
    public static List<String> lines(
            String title, Diagnosis diagnosis, boolean isAsked, Paper paper) {
        Report report = new Report(diagnosis, isAsked, paper);
        report.write(title);
        return report.lines.stream().map(paper::fit).toList();
    }

    private void write(String title) {
        lines.add(paper.styled(title, Style.BOLD));
        lines.add("");
        lines.add("  " + row("What limits the number of connections", "", "connections"));
        diagnosis.ofConnections().forEach(this::write);
        lines.add("");
        lines.add("  What limits something else");
        diagnosis.ofTheRest().forEach(this::write);
        if (!diagnosis.ofRedis().isEmpty()) {
            lines.add("");
            lines.add("  The Redis that all nodes share");
            diagnosis.ofRedis().forEach(this::write);
        }
        lines.add("");
        writeHowTo();
        if (isAsked) {
            writeInTheWay();
        }
        writeFaults();
        lines.add(paper.styled(sentence(), Style.BOLD));
    }

    private void write(Finding finding) {
        String most =
                finding.connections().isPresent()
                        ? Amount.count(finding.connections().getAsLong())
                        : "";
        lines.add(paper.sign(mark(finding)) + " " + row(finding.name(), finding.value(), most));
        wrap(finding.why()).forEach(line -> lines.add(paper.styled(MARGIN + line, Style.FAINT)));
        finding.change().ifPresent(this::write);
    }

    /// Nobody has asked for as many as there are too few for.
    private Mark mark(Finding finding) {
        return finding.mark() == Mark.TOO_FEW && !isAsked ? Mark.ADVICE : finding.mark();
    }

    private void write(Change change) {
        String line = paper.arrow() + " " + change.line();
        String where = "in " + change.where();
        if (MARGIN.length() + line.length() + 1 + where.length() <= paper.columns()) {
            lines.add(MARGIN + line + " " + where);
        } else {
            lines.add(MARGIN + line);
            lines.add(MARGIN + "  " + where);
        }
    }

    private void writeHowTo() {
        boolean isAnythingToChange =
                Stream.of(diagnosis.ofConnections(), diagnosis.ofTheRest())
                        .flatMap(List::stream)
                        .anyMatch(finding -> finding.change().isPresent());
        if (!isAnythingToChange) {
            return;
        }
        String goal = Amount.count(diagnosis.goal());
        lines.addAll(
                wrap(
                        "The lines after "
                                + paper.arrow()
                                + " are for "
                                + goal
                                + " connections"
                                + (isAsked ? "." : "; --connections N is for others.")
                                + " Then: sysctl --system; systemctl daemon-reload; restart."));
        lines.add("");
    }

    private void writeInTheWay() {
        List<Finding> inTheWay = diagnosis.inTheWay();
        if (inTheWay.isEmpty()) {
            return;
        }
        lines.add(
                "Limits below "
                        + Amount.count(diagnosis.goal())
                        + " connections, to raise in this order:");
        for (int i = 0; i < inTheWay.size(); i++) {
            Finding finding = inTheWay.get(i);
            String place = "%3d. ".formatted(i + 1);
            lines.add(
                    place
                            + row(
                                    finding.name(),
                                    finding.value(),
                                    Amount.count(finding.connections().orElse(0)),
                                    place.length()));
        }
        lines.add("");
    }

    private void writeFaults() {
        List<String> names = diagnosis.faults().stream().map(Finding::name).toList();
        if (!names.isEmpty()) {
            String sentence =
                    "Heddle cannot work with this Redis: " + String.join(", ", names) + ".";
            lines.add(paper.styled(sentence, Style.BOLD));
        }
    }

    private String sentence() {
        String unknown =
                diagnosis.unknown().stream().map(Finding::name).collect(Collectors.joining(", "));
        String but = unknown.isEmpty() ? "" : ", as far as can be known without " + unknown;
        return diagnosis
                .limit()
                .map(
                        limit ->
                                "This machine as it is holds %s connections; limited by %s%s."
                                        .formatted(
                                                Amount.count(limit.connections().orElse(0)),
                                                limit.name(),
                                                but))
                .orElse(
                        "The doctor cannot tell how many connections this machine holds"
                                + but
                                + ".");
    }

    private String row(String name, String value, String connections) {
        return row(name, value, connections, 2);
    }

    /// Columns of a table; the last ends where the paper does, or at its usual width.
    private String row(String name, String value, String connections, int indent) {
        String start =
                name + " ".repeat(Math.max(1, NAME_COLUMNS - indent - name.length())) + value;
        int room = paper.columns() - indent - start.length();
        return connections.isEmpty()
                ? start.stripTrailing()
                : start + " ".repeat(Math.max(1, room - connections.length())) + connections;
    }

    private List<String> wrap(String text) {
        int room = paper.columns() - MARGIN.length();
        List<String> wrapped = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : List.of(text.split(" ", -1))) {
            if (!line.isEmpty() && line.length() + 1 + word.length() > room) {
                wrapped.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        wrapped.add(line.toString());
        return wrapped;
    }
}

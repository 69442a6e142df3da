package dev.heddle.cli;

import java.util.ArrayList;
import java.util.List;

/// Rows of cells under headings, as lines of a terminal.
final class Table {
    private final int firstWords;
    private final List<List<String>> rows = new ArrayList<>();
    private final int[] widths;

    /// @param numbers how many of the first columns are numbers, which stand to the right
    Table(int numbers, List<String> headings) {
        this.firstWords = numbers;
        this.widths = new int[headings.size()];
        add(headings);
    }

    /// @param cells as many as there are headings
    void add(List<String> cells) {
        rows.add(cells);
        for (int i = 0; i < widths.length; i++) {
            widths[i] = Math.max(widths[i], cells.get(i).length());
        }
    }

    List<String> lines() {
        return rows.stream().map(this::line).toList();
    }

    private String line(List<String> cells) {
        List<String> padded = new ArrayList<>();
        for (int i = 0; i < widths.length; i++) {
            String blanks = " ".repeat(widths[i] - cells.get(i).length());
            padded.add(i < firstWords ? blanks + cells.get(i) : cells.get(i) + blanks);
        }
        return String.join("  ", padded).stripTrailing();
    }
}

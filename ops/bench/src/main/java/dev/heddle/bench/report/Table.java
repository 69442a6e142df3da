package dev.heddle.bench.report;

import java.util.List;

/// A table of text. Its first line is the heading of each column, its first column that of each
/// line.
///
/// @param lines all of the same length
public record Table(List<List<String>> lines) {
    /// As Markdown, aligned so that it reads well in a terminal too.
    public String markdown() {
        int[] widths = new int[lines.getFirst().size()];
        for (List<String> line : lines) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], line.get(i).length());
            }
        }
        StringBuilder text = new StringBuilder();
        append(text, lines.getFirst(), widths);
        for (int width : widths) {
            text.append("|").append("-".repeat(width + 2));
        }
        text.append("|\n");
        lines.stream().skip(1).forEach(line -> append(text, line, widths));
        return text.toString();
    }

    /// As a section of a page.
    public String html(String heading) {
        StringBuilder html = new StringBuilder("<section class=\"card\"><h2>");
        html.append(Html.escape(heading)).append("</h2>\n<table>\n");
        for (int i = 0; i < lines.size(); i++) {
            html.append("<tr>");
            for (int column = 0; column < lines.get(i).size(); column++) {
                String cell = i == 0 || column == 0 ? "th" : "td";
                String text = Html.escape(lines.get(i).get(column));
                html.append("<%s>%s</%s>".formatted(cell, text, cell));
            }
            html.append("</tr>\n");
        }
        return html.append("</table></section>\n").toString();
    }

    private static void append(StringBuilder text, List<String> line, int[] widths) {
        for (int i = 0; i < widths.length; i++) {
            text.append("| ").append(line.get(i));
            text.append(" ".repeat(widths[i] - line.get(i).length() + 1));
        }
        text.append("|\n");
    }
}

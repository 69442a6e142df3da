package dev.heddle.bench.report;

/// Text for HTML.
final class Html {
    private Html() {}

    /// The text, safe as an element's content and as a quoted attribute's value.
    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}

/// Results for people: the HTML report with its plots, tables, and two results side by side. Pure:
/// text from values. It must not know how anything was measured.
///
/// A plot is JSON in the page. The library that draws it, uPlot, is the one of the server's
/// dashboard: it is read from the server's jar, and put into each page, so that a report needs no
/// network.
@NullMarked
package dev.heddle.bench.report;

import org.jspecify.annotations.NullMarked;

/// Results for people: the HTML report with its plots, tables, and two results side by side. Pure:
/// text from values. It must not know how anything was measured.
///
/// A plot is a static SVG, so that a report needs no network, no script and no library; the little
/// script beside it only reads values off the curves under the pointer.
@NullMarked
package dev.heddle.bench.report;

import org.jspecify.annotations.NullMarked;

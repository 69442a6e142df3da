package dev.heddle.bench.report;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/// One axis of a plot: which values it spans, and where it is labelled.
///
/// @param scale in what its labels are written
/// @param min the value at its beginning
/// @param max the value at its end, greater than `min`
/// @param isLog whether equal distances are equal ratios; then `min` is positive
/// @param ticks where it is labelled
record Axis(Scale scale, double min, double max, boolean isLog, List<Tick> ticks) {
    private static final double[] STEPS = {1, 2, 5, 10};
    private static final double[] QUANTILES = {0.5, 0.9, 0.99, 0.999, 0.9999, 0.99999, 0.999999};
    private static final String[] QUANTILE_LABELS = {
        "50%", "90%", "99%", "99.9%", "99.99%", "99.999%", "99.9999%"
    };

    /// @param at the value it marks
    record Tick(double at, String label) {}

    /// From 0 to a round value not below `max`.
    static Axis fromZero(String unit, double max, int ticks) {
        Scale scale = Scale.of(unit, max);
        double top = max > 0 ? max / scale.divisor() : 1;
        double step = step(top / ticks);
        double end = Math.ceil(top / step - 1e-9) * step;
        return new Axis(scale, 0, end * scale.divisor(), false, ticks(scale, step, end));
    }

    /// From 0 to just `max`: for time, whose curve should fill the plot. The last label names the
    /// unit.
    static Axis exact(String unit, double max, int ticks) {
        Scale scale = Scale.of(unit, max);
        double end = max > 0 ? max / scale.divisor() : 1;
        List<Tick> labels = new ArrayList<>(ticks(scale, step(end / ticks), end));
        if (unit.equals("s")) {
            Tick last = labels.removeLast();
            labels.add(new Tick(last.at, last.label + " " + scale.label()));
        }
        return new Axis(scale, 0, end * scale.divisor(), false, labels);
    }

    /// Whole powers of ten around the values, which are positive.
    static Axis logarithmic(String unit, double min, double max) {
        Scale scale = Scale.of(unit, Math.sqrt(min * max));
        int first = (int) Math.floor(Math.log10(min / scale.divisor()));
        int last = (int) Math.ceil(Math.log10(max / scale.divisor()) - 1e-9);
        last = Math.max(last, first + 1);
        List<Tick> ticks = new ArrayList<>();
        for (int power = first; power <= last; power++) {
            double value = Math.pow(10, power);
            ticks.add(new Tick(value * scale.divisor(), decimal(value)));
        }
        return new Axis(
                scale,
                Math.pow(10, first) * scale.divisor(),
                Math.pow(10, last) * scale.divisor(),
                true,
                ticks);
    }

    /// For percentile curves: a quantile q stands at 1/(1-q), so each further nine is as far as the
    /// one before.
    ///
    /// @param count how many values there are: none is beyond the quantile 1-1/count
    static Axis quantiles(double count) {
        List<Tick> ticks = new ArrayList<>();
        double end = Math.max(count, 100);
        for (int i = 0; i < QUANTILES.length && 1 / (1 - QUANTILES[i]) <= end * 1.01; i++) {
            ticks.add(new Tick(1 / (1 - QUANTILES[i]), QUANTILE_LABELS[i]));
        }
        return new Axis(new Scale(1, "percentile"), 1, end, true, ticks);
    }

    /// Where a value is: 0 at the beginning, 1 at the end; what is beyond stays at the edge.
    double place(double value) {
        double place =
                isLog
                        ? Math.log(Math.max(value, min) / min) / Math.log(max / min)
                        : (value - min) / (max - min);
        return Math.clamp(place, 0, 1);
    }

    private static List<Tick> ticks(Scale scale, double step, double end) {
        List<Tick> ticks = new ArrayList<>();
        for (int i = 0; i * step <= end * (1 + 1e-9); i++) {
            ticks.add(new Tick(i * step * scale.divisor(), Scale.number(i * step)));
        }
        return ticks;
    }

    private static String decimal(double powerOfTen) {
        return BigDecimal.valueOf(powerOfTen).stripTrailingZeros().toPlainString();
    }

    /// 1, 2 or 5 times a power of ten, at least `least`.
    private static double step(double least) {
        double power = Math.pow(10, Math.floor(Math.log10(least)));
        for (double step : STEPS) {
            if (step * power >= least * (1 - 1e-9)) {
                return step * power;
            }
        }
        return STEPS[STEPS.length - 1] * power;
    }
}

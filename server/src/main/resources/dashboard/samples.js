/** The metrics of the last minute, and what can be computed from two of them. */

const KEPT_SECONDS = 61;

/**
 * The value below which a share of what a histogram counted lies, interpolated in its bucket; null
 * if it counted nothing, Infinity if it lies beyond the last bound.
 */
export function quantile(share, bounds, counts) {
    const all = counts.reduce((sum, each) => sum + each, 0);
    if (all === 0) {
        return null;
    }
    let rank = share * all;
    for (let i = 0; i < bounds.length; i++) {
        if (counts[i] > 0 && rank <= counts[i]) {
            const lower = i === 0 ? 0 : bounds[i - 1];
            return lower + (bounds[i] - lower) * (rank / counts[i]);
        }
        rank -= counts[i];
    }
    return Infinity;
}

export class Samples {
    #all = [];

    /** @param time in seconds, by the server's clock */
    add(time, values) {
        const newest = this.#all.at(-1);
        const isRestarted =
            newest?.values.process_start_time_seconds !== values.process_start_time_seconds;
        if (isRestarted || time <= newest.time) {
            this.#all = [];
        }
        this.#all.push({ time, values });
        this.#all = this.#all.filter((each) => each.time > time - KEPT_SECONDS);
    }

    /** The newest value of a gauge, or a counter's; null if the server has no such metric. */
    now(name) {
        return this.#all.at(-1).values[name] ?? null;
    }

    /** By how much a counter has grown per second; null while that is not known. */
    rate(name, seconds = 1) {
        return this.#perSecond(seconds, (values) => values[name]);
    }

    /** How many values a histogram has counted per second. */
    countRate(name, seconds = 1) {
        return this.#perSecond(seconds, (values) =>
            values[name]?.counts.reduce((sum, each) => sum + each, 0),
        );
    }

    /** The sum of what all histograms of a name, whatever their labels, have grown by. */
    sumRate(name, seconds = 1) {
        return this.#perSecond(seconds, (values) =>
            Object.keys(values)
                .filter((each) => each.startsWith(name + '{'))
                .reduce((sum, each) => sum + values[each].sum, 0),
        );
    }

    /** By how much a counter has grown, for as long as is known, a minute at most. */
    growth(name) {
        return this.now(name) - (this.#all[0].values[name] ?? 0);
    }

    /** A quantile of what a histogram has counted in the last seconds. */
    quantile(share, name, seconds = 10) {
        const before = this.#back(seconds)?.values[name];
        const now = this.now(name);
        if (!before || !now) {
            return null;
        }
        const counts = now.counts.map((each, i) => each - before.counts[i]);
        return quantile(share, now.bounds, counts);
    }

    #perSecond(seconds, value) {
        const before = this.#back(seconds);
        const now = this.#all.at(-1);
        if (before === undefined || value(now.values) === undefined) {
            return null;
        }
        return Math.max(0, (value(now.values) - (value(before.values) ?? 0)) / (now.time - before.time));
    }

    /** What was that long ago, or the oldest there is; never the newest. */
    #back(seconds) {
        const newest = this.#all.at(-1);
        const old = this.#all.findLast((each) => each.time <= newest.time - seconds * 0.9);
        return old ?? (this.#all.length > 1 ? this.#all[0] : undefined);
    }
}

/** The last five minutes of all measures, as columns for plots: seconds since 1970, then a column each. */

export const WINDOW_SECONDS = 300;

export class History {
    times = [];
    #columns = new Map();

    constructor(names) {
        names.forEach((name) => this.#columns.set(name, []));
    }

    /** @param measures a row, or null for a gap */
    add(time, measures) {
        const old = this.times.findIndex((each) => each > time - WINDOW_SECONDS - 2);
        const keep = (list, value) => {
            list.splice(0, old === -1 ? list.length : old);
            list.push(value);
        };
        keep(this.times, time);
        for (const [name, column] of this.#columns) {
            const value = measures?.[name] ?? null;
            keep(column, Number.isFinite(value) ? value : null);
        }
    }

    column(name) {
        return this.#columns.get(name);
    }
}

/** The plots of the last five minutes: one time axis, and one cursor, for all. */
import { brief, bytes, clock, seconds } from './format.js';
import { WINDOW_SECONDS } from './history.js';
import { PLOTS } from './measures.js';
import { byId, make, write } from './dom.js';

const { uPlot } = globalThis;
const FONT = '11px system-ui, sans-serif';

/** What a CSS colour is now, in the scheme that holds. */
const colour = (element) => getComputedStyle(element).color;

export class Plots {
    #plots = PLOTS.map((spec) => new Plot(spec));

    constructor() {
        const scheme = matchMedia('(prefers-color-scheme: dark)');
        scheme.addEventListener('change', () => this.#plots.forEach((each) => each.redraw()));
    }

    show(history) {
        this.#plots.forEach((each) => each.show(history));
    }
}

class Plot {
    #spec;
    #values;
    #title;
    #uplot;
    #names;

    constructor(spec) {
        this.#spec = spec;
        this.#names = spec.lines.map(([name]) => name);
        this.#values = spec.lines.map(() => make('b', '', '–'));
        const legend = spec.lines.map(([, dye, label], i) =>
            make('li', dye, make('span', 'dash'), `${label} `, this.#values[i]),
        );
        this.#title = make('span', 'quiet');
        const canvas = make('div', 'canvas');
        const figure = make(
            'figure',
            'plot',
            make('figcaption', '', make('h2', '', spec.title), this.#title),
            make('ul', 'legend', ...legend),
            canvas,
        );
        byId('plots').append(figure);
        this.#uplot = new uPlot(this.#options(legend, canvas), [[], ...legend.map(() => [])], canvas);
        new ResizeObserver(() => this.#uplot.setSize(size(canvas))).observe(canvas);
    }

    show(history) {
        const data = [history.times, ...this.#names.map((name) => history.column(name))];
        this.#uplot.setData(data);
        this.#tell(this.#uplot.cursor.idx);
    }

    redraw() {
        this.#uplot.redraw(false, true);
    }

    #options(legend, canvas) {
        const grid = { stroke: () => colour(byId('grid-colour')), width: 1 };
        const axis = { stroke: () => colour(this.#title), font: FONT, grid, ticks: { show: false } };
        return {
            ...size(canvas),
            legend: { show: false },
            padding: [8, 16, 0, 0],
            cursor: { sync: { key: 'time' }, drag: { x: false, y: false }, y: false },
            hooks: { setCursor: [(uplot) => this.#tell(uplot.cursor.idx)] },
            scales: {
                x: { range: (uplot) => span(uplot.data[0]) },
                y: this.#spec.isLog ? { distr: 3, range: decades } : { range: fromZero },
            },
            axes: [
                { ...axis, size: 22, incrs: [60, 120], values: (_, ticks) => ticks.map(minute) },
                { ...axis, size: 54, space: 26, values: (_, ticks) => ticks.map(this.#tick), ...this.#marks() },
            ],
            series: [
                {},
                ...legend.map((entry) => ({
                    stroke: () => colour(entry.firstElementChild),
                    width: 1.5,
                    points: { show: false },
                })),
            ],
        };
    }

    /** Bytes have steps of their own, 64 MiB and not 60.5; and logarithms are marked by decades. */
    #marks() {
        if (this.#spec.isLog) {
            return { splits: (_, __, least, most) => between(least, most), filter: (_, all) => all };
        }
        return this.#spec.isBytes ? { incrs: Array.from({ length: 42 }, (_, i) => 2 ** i) } : {};
    }

    #tick = (value) => {
        if (this.#spec.isLog) {
            return seconds(value);
        }
        return this.#spec.isBytes ? bytes(value) : brief(value);
    };

    /** Says the values below the cursor, or the newest. */
    #tell(index) {
        const [times, ...columns] = this.#uplot?.data ?? [[]];
        const at = index ?? times.length - 1;
        write(this.#title, index === null || index === undefined ? '' : clock(times[at]));
        columns.forEach((column, i) => write(this.#values[i], this.#spec.format(column[at] ?? null)));
    }
}

const size = (element) => ({ width: element.clientWidth, height: element.clientHeight });

const minute = (time) => clock(time).slice(0, 5);

function span(times) {
    const end = times.at(-1) ?? Date.now() / 1000;
    return [end - WINDOW_SECONDS, end];
}

function fromZero(_, __, most) {
    return [0, most > 0 ? most * 1.12 : 1];
}

/** Whole decades around what there is. */
function decades(_, least, most) {
    if (!(least > 0)) {
        return [1e-4, 1];
    }
    const low = Math.floor(Math.log10(least));
    return [10 ** low, 10 ** Math.max(low + 1, Math.ceil(Math.log10(most)))];
}

function between(least, most) {
    const low = Math.round(Math.log10(least));
    const high = Math.round(Math.log10(most));
    return Array.from({ length: high - low + 1 }, (_, i) => 10 ** (low + i));
}

// Draws the plots of the report with uPlot, from the JSON that stands in each figure.
'use strict';

const HEIGHT = 230;
const FONT = '12px system-ui, sans-serif';
const QUANTILES = [0.5, 0.9, 0.99, 0.999, 0.9999, 0.99999, 0.999999];

const probe = document.body.appendChild(document.createElement('i'));
probe.hidden = true;

/** A colour of the style sheet as it is now, in the scheme that holds: a canvas knows no variables. */
function colour(name) {
    probe.style.color = `var(${name})`;
    return getComputedStyle(probe).color;
}

const dye = (series) => `--dye${series - 1}`;
const text = (value, digits) => value.toLocaleString('en', { maximumSignificantDigits: digits });
const mark = (value) => text(value, 6);
const measured = (value, unit) => `${value >= 1000 ? mark(Math.round(value)) : text(value, 3)} ${unit}`.trim();
const percentile = (value) => `${Number((100 * (1 - 1 / value)).toFixed(4))}%`;

/**
 * One column of x and one for each curve, as uPlot wants it; it begins where the axis does. Points of
 * one curve at the same x become neighbours, which nobody sees: uPlot looks for the ends by x.
 */
function columns({ x, lines }) {
    const none = lines.map(() => null);
    const points = lines.flatMap((line, i) => line.x.map((at, k) => [at, i + 1, line.y[k]]));
    points.sort(([one], [other]) => one - other);
    const apart = (points.at(-1)?.[0] ?? 1) * 1e-9;
    let here = x.kind === 'PERCENTILE' ? 1 : 0;
    const rows = [[here, ...none]];
    for (const [at, column, value] of points) {
        if (here !== at || rows.at(-1)[column] !== null) {
            rows.push([here === at ? rows.at(-1)[0] + apart : at, ...none]);
            here = at;
        }
        rows.at(-1)[column] = value;
    }
    return [x, ...lines].map((_, column) => rows.map((row) => row[column]));
}

/** Whole decades around what there is. */
function decades(_, least, most) {
    if (!(least > 0)) {
        return [1, 10];
    }
    const low = Math.floor(Math.log10(least));
    return [10 ** low, 10 ** Math.max(low + 1, Math.ceil(Math.log10(most) - 1e-9))];
}

const SCALES = {
    LINEAR: { range: (_, __, most) => [0, most > 0 ? most * 1.05 : 1] },
    LOGARITHMIC: { distr: 3, range: decades },
};

function powersOfTen(_, __, least, most) {
    const low = Math.ceil(Math.log10(least) - 1e-9);
    const high = Math.floor(Math.log10(most) + 1e-9);
    return Array.from({ length: high - low + 1 }, (_, i) => 10 ** (low + i));
}

/** As many of the usual percentiles as there is room for. */
function percentiles(uplot, _, least, most) {
    const all = QUANTILES.map((q) => 1 / (1 - q)).filter((at) => at >= least && at <= most * 1.01);
    const every = Math.ceil((all.length * 64) / uplot.width);
    return all.filter((_, i) => i % every === 0);
}

function xAxis({ kind, unit }) {
    if (kind === 'PERCENTILE') {
        return { splits: percentiles, filter: (_, all) => all, values: (_, all) => all.map(percentile) };
    }
    const isTime = unit === 's' || unit === 'min';
    const values = (_, all) =>
        all.map((value, i) => (isTime && i === all.length - 1 ? `${mark(value)} ${unit}` : mark(value)));
    return { space: 60, values };
}

function yAxis({ kind }) {
    const marks = kind === 'LOGARITHMIC' ? { splits: powersOfTen, filter: (_, all) => all } : { space: 34 };
    const values = (_, all) => all.map(mark);
    const size = (_, labels) => 16 + 7 * Math.max(1, ...(labels ?? []).map((label) => label.length));
    return { ...marks, values, size };
}

function curve({ name, isDotted }, unit, series) {
    const stroke = () => colour(dye(series));
    return {
        label: name,
        stroke,
        width: 1.75,
        spanGaps: true,
        value: (_, value) => (value === null ? '–' : measured(value, unit)),
        ...(isDotted && { paths: () => null }),
        points: { show: isDotted, size: 5, width: 0, fill: stroke },
    };
}

function options({ x, y, lines }) {
    const grid = { stroke: () => colour('--line'), width: 1 };
    const axis = { stroke: () => colour('--quiet'), font: FONT, ticks: { show: false } };
    const paint = (_, series) => `var(${dye(series)})`;
    const at = (value) => (x.kind === 'PERCENTILE' ? percentile(value) : measured(value, x.unit));
    return {
        height: HEIGHT,
        padding: [10, 18, 0, 0],
        legend: { markers: { width: 0, fill: paint } },
        cursor: {
            y: false,
            points: { size: 7, fill: paint, stroke: paint },
            hover: { prox: 1e6, skip: [null, undefined] },
            ...(x.unit === 's' && { sync: { key: 'time' } }),
        },
        hooks: {
            setCursor: [({ root, cursor }) => root.classList.toggle('pointed-at', cursor.left >= 0)],
        },
        scales: {
            x: { time: false, distr: x.kind === 'PERCENTILE' ? 3 : 1, range: (_, ...zoomed) => zoomed },
            y: SCALES[y.kind],
        },
        axes: [
            { ...axis, size: 26, grid: { show: false }, ...xAxis(x) },
            { ...axis, grid, ...yAxis(y) },
        ],
        series: [
            { label: '', value: (_, value) => (value === null ? '' : at(value)) },
            ...lines.map((line, i) => curve(line, y.unit, i + 1)),
        ],
    };
}

const drawn = [...document.querySelectorAll('.chart')].map((figure) => {
    const chart = JSON.parse(figure.querySelector('script').textContent);
    const place = figure.querySelector('.plot');
    place.dataset.unit = chart.y.unit;
    const width = () => ({ width: place.clientWidth, height: HEIGHT });
    const uplot = new uPlot({ ...options(chart), ...width() }, columns(chart), place);
    new ResizeObserver(() => uplot.setSize(width())).observe(place);
    return uplot;
});

matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () =>
    drawn.forEach((uplot) => uplot.redraw(false, true)),
);

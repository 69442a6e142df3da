// Reads values off the curves under the pointer: turns the coordinates of a plot's paths back into
// values with what its figure says of its axes.
'use strict';

const SIDE = 1000;

function axis(text) {
    const [min, max, kind, divisor, ...label] = text.split(' ');
    const [low, high] = [Number(min), Number(max)];
    return {
        label: label.join(' '),
        value(place) {
            const value = kind === 'log' ? low * (high / low) ** place : low + place * (high - low);
            return value / Number(divisor);
        },
    };
}

function points(path) {
    return [...path.getAttribute('d').matchAll(/[ML]([\d.]+) ([\d.]+)/g)].map((match) => [
        match[1] / SIDE,
        1 - match[2] / SIDE,
    ]);
}

function text(value) {
    return value.toLocaleString('en', { maximumSignificantDigits: value >= 1000 ? 6 : 3 });
}

function across(value, { label }) {
    return label === 'percentile' ? `${text(100 * (1 - 1 / value))} %` : `${text(value)} ${label}`;
}

for (const figure of document.querySelectorAll('.chart')) {
    const plot = figure.querySelector('.plot');
    const svg = figure.querySelector('svg');
    const x = axis(figure.dataset.x);
    const y = axis(figure.dataset.y);
    const names = [...figure.querySelectorAll('.legend li')].map((item) => item.textContent);
    const curves = [...svg.querySelectorAll('.line, .dots')].map(points);
    const cursor = document.createElement('div');
    const values = document.createElement('div');
    cursor.className = 'cursor';
    values.className = 'values';

    function nearest(curve, place) {
        return curve.reduce((best, point) =>
            Math.abs(point[0] - place) < Math.abs(best[0] - place) ? point : best,
        );
    }

    function show(event) {
        const box = svg.getBoundingClientRect();
        const place = Math.min(1, Math.max(0, (event.clientX - box.left) / box.width));
        const found = curves.map((curve) => curve.length > 0 && nearest(curve, place));
        const at = found.find(Boolean);
        if (!at) {
            return;
        }
        values.textContent = across(x.value(place), x);
        found.forEach((point, i) => {
            const row = document.createElement('div');
            row.className = `dye${i}`;
            row.textContent = `${names[i] ?? ''} ${text(y.value(point[1]))} ${y.label}`;
            values.append(row);
        });
        plot.append(cursor, values);
        const left = svg.getBoundingClientRect().left - plot.getBoundingClientRect().left;
        const middle = left + place * box.width;
        cursor.style.left = `${middle}px`;
        const room = plot.clientWidth - values.offsetWidth;
        values.style.left = `${place > 0.5 ? Math.max(0, middle - values.offsetWidth - 8) : Math.min(room, middle + 8)}px`;
    }

    svg.addEventListener('pointermove', show);
    svg.addEventListener('pointerdown', show);
    svg.addEventListener('pointerleave', () => {
        cursor.remove();
        values.remove();
    });
}

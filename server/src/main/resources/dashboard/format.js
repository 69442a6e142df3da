/** Numbers for people: thin spaces before units, at most four digits that matter. */

const THIN = '\u202f';
const WHOLE = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });

/** What stands where there is no number. */
export const NONE = '–';

function short(value) {
    const digits = value >= 99.95 || Number.isInteger(value) ? 0 : value >= 9.995 ? 1 : 2;
    return value.toFixed(digits);
}

function scaled(value, step, units) {
    let unit = 0;
    while (value >= step * 0.9995 && unit < units.length - 1) {
        value /= step;
        unit++;
    }
    return short(value) + THIN + units[unit];
}

/** `12,345` */
export function count(value) {
    return value === null ? NONE : WHOLE.format(value);
}

/** `12,345`, `3.2`: per second, say. */
export function rate(value) {
    if (value === null) {
        return NONE;
    }
    return value > 0 && value < 9.95 ? value.toFixed(1) : WHOLE.format(value);
}

/** `0`, `20`, `1.5 k`, `2 M`: for axes. */
export function brief(value) {
    const units = ['', 'k', 'M', 'G'];
    let unit = 0;
    while (value >= 1000 && unit < units.length - 1) {
        value /= 1000;
        unit++;
    }
    return Number(value.toPrecision(3)) + (unit === 0 ? '' : THIN + units[unit]);
}

/** `28.3 MiB` */
export function bytes(value) {
    return value === null ? NONE : scaled(value, 1024, ['B', 'KiB', 'MiB', 'GiB', 'TiB']);
}

/** `850 µs`, `1.24 ms`, `2.10 s` */
export function seconds(value) {
    if (value === null) {
        return NONE;
    }
    return value === Infinity ? `>${THIN}20${THIN}s` : scaled(value * 1e6, 1000, ['µs', 'ms', 's']);
}

/** `12 s`, `3 min 05 s`, `2 h 07 min`, `4 d 03 h` */
export function age(ms) {
    const units = [
        [86_400, 'd', 3_600, 'h'],
        [3_600, 'h', 60, 'min'],
        [60, 'min', 1, 's'],
    ];
    const all = Math.floor(ms / 1000);
    for (const [large, name, small, smallName] of units) {
        if (all >= large) {
            const rest = String(Math.floor((all % large) / small)).padStart(2, '0');
            return `${Math.floor(all / large)}${THIN}${name} ${rest}${THIN}${smallName}`;
        }
    }
    return `${all}${THIN}s`;
}

/** `21:45:07`, of seconds since 1970, where the reader is. */
export function clock(time) {
    return new Date(time * 1000).toTimeString().slice(0, 8);
}

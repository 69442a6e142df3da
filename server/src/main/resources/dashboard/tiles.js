/** The large numbers, each with the line of its last five minutes. */
import { WINDOW_SECONDS } from './history.js';
import { TILES } from './measures.js';
import { byId, make, write } from './dom.js';

const SVG = 'http://www.w3.org/2000/svg';
const WIDTH = 100;
const HEIGHT = 24;

export class Tiles {
    #tiles = TILES.map((spec) => {
        const big = make('p', 'big', '–');
        const sub = make('p', 'quiet', '\u00a0');
        const line = document.createElementNS(SVG, 'path');
        const spark = document.createElementNS(SVG, 'svg');
        spark.setAttribute('viewBox', `0 0 ${WIDTH} ${HEIGHT}`);
        spark.setAttribute('preserveAspectRatio', 'none');
        spark.setAttribute('aria-hidden', 'true');
        spark.append(line);
        const tile = make('article', 'tile', make('h2', '', spec.title), big, sub, spark);
        tile.id = `tile-${spec.name}`;
        tile.hidden = 'isThere' in spec;
        byId('tiles').append(tile);
        byId('help').lastElementChild.append(make('dt', '', spec.title), make('dd', '', spec.help));
        return { spec, tile, big, sub, line };
    });

    show(measures, history) {
        for (const { spec, tile, big, sub, line } of this.#tiles) {
            tile.hidden = !(spec.isThere?.(measures) ?? true);
            write(big, spec.big(measures));
            write(sub, spec.sub(measures));
            tile.toggleAttribute('data-high', spec.isHigh?.(measures) ?? false);
            line.setAttribute('d', path(history.times, history.column(spec.plot ?? spec.name)));
        }
    }
}

function path(times, values) {
    const most = Math.max(1e-9, ...values);
    const end = times.at(-1);
    let d = '';
    let isDrawing = false;
    values.forEach((value, i) => {
        if (value !== null) {
            const x = WIDTH * (1 - (end - times[i]) / WINDOW_SECONDS);
            const y = HEIGHT - 1 - (HEIGHT - 2) * (value / most);
            d += `${isDrawing ? 'L' : 'M'}${x.toFixed(1)} ${y.toFixed(1)}`;
        }
        isDrawing = value !== null;
    });
    return d;
}

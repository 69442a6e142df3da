/** The table of where connections are. */
import { count } from './format.js';
import { byId, fillRows, make, write } from './dom.js';
import { askJson } from './server.js';

/** A place in words: `handling a message, in Rooms.sendAll`. */
export const inWords = (place) =>
    place.frame === '' ? place.state : `${place.state}, in ${place.frame}`;

/** Asks, and shows the answer. @param onChoice is told of a place that somebody chooses */
export async function showPlaces(onChoice) {
    const where = await askJson('debug/where');
    const most = Math.max(1, ...where.places.map((each) => each.connections));
    fillRows(byId('places'), where.places, makeRow, (row, place) => {
        const [number, words] = row.cells;
        write(number, count(place.connections));
        const button = words.firstElementChild;
        write(button.firstElementChild, place.state);
        write(button.children[1], place.frame === '' ? '' : place.frame);
        button.lastElementChild.style.width = `${(100 * place.connections) / most}%`;
        button.onclick = () => onChoice(place);
    });
    const looked = where.sampled === 0 ? '' : `, ${count(where.sampled)} stacks looked at`;
    write(byId('where-cost'), `${count(where.connections)} connections${looked}: ${where.millis.toFixed(1)} ms`);
}

function makeRow() {
    const button = make('button', 'place', make('span'), make('code'), make('i', 'bar'));
    button.type = 'button';
    return make('tr', '', make('td', 'number'), make('td', '', button));
}

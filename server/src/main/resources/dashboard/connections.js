/** The table of connections: a page of it, in an order that the server makes. */
import { age, bytes, count, rate } from './format.js';
import { byId, fillRows, make, write } from './dom.js';
import { askJson } from './server.js';

const PAGE = 15;

export class ConnectionsTable {
    #onChoice;
    #sort = 'outbox';
    #offset = 0;

    /** @param onChoice is told the id of a connection that somebody chooses */
    constructor(onChoice) {
        this.#onChoice = onChoice;
        for (const head of document.querySelectorAll('[data-sort]')) {
            head.firstElementChild.addEventListener('click', () => this.#sortBy(head.dataset.sort));
        }
        byId('sort').addEventListener('change', (event) => this.#sortBy(event.target.value));
        byId('before').addEventListener('click', () => this.#turn(-PAGE));
        byId('after').addEventListener('click', () => this.#turn(PAGE));
        this.#mark();
    }

    async refresh() {
        const [sort, offset] = [this.#sort, this.#offset];
        const page = await askJson(`debug/connections?sort=${sort}&limit=${PAGE}&offset=${offset}`);
        if (sort !== this.#sort || offset !== this.#offset) {
            return; // somebody has asked for something else meanwhile
        }
        fillRows(byId('rows'), page.rows, makeRow, (row, each) => this.#fill(row, each));
        const last = Math.min(page.connections, offset + page.rows.length);
        const range = last === 0 ? 'none' : `${count(offset + 1)}–${count(last)} of ${count(page.connections)}`;
        write(byId('range'), range);
        byId('before').disabled = offset === 0;
        byId('after').disabled = last >= page.connections;
    }

    #fill(row, { connection, rate: perSecond }) {
        const [id, who, state, old, all, often, outbox, peak] = row.cells;
        write(id.firstElementChild, String(connection.id));
        id.firstElementChild.onclick = () => this.#onChoice(connection.id);
        write(who, connection.user ?? connection.peer);
        write(state, `${connection.path}, ${connection.state}`);
        write(old, age(connection.ageMillis));
        write(all, bytes(connection.bytesIn + connection.bytesOut));
        write(often, rate(perSecond));
        write(outbox, bytes(connection.outboxBytes));
        write(peak, bytes(connection.peakOutboxBytes));
    }

    #sortBy(sort) {
        this.#sort = sort;
        this.#offset = 0;
        this.#mark();
        this.#now();
    }

    #turn(by) {
        this.#offset = Math.max(0, this.#offset + by);
        this.#now();
    }

    #now() {
        this.refresh().catch(() => {}); // the next round says what is wrong
    }

    #mark() {
        byId('sort').value = this.#sort;
        for (const head of document.querySelectorAll('[data-sort]')) {
            const isSorted = head.dataset.sort === this.#sort;
            head.setAttribute('aria-sort', isSorted ? 'descending' : 'none');
        }
    }
}

function makeRow() {
    const id = make('button', 'plain');
    id.type = 'button';
    return make(
        'tr',
        '',
        make('td', '', id),
        make('td', 'who'),
        make('td', 'wide state-of'),
        make('td', 'number wide'),
        make('td', 'number wide'),
        make('td', 'number'),
        make('td', 'number'),
        make('td', 'number wide'),
    );
}

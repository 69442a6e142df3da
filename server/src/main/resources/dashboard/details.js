/** What one connection is, and the stack of its thread: its state. */
import { age, bytes, count } from './format.js';
import { byId, make, write } from './dom.js';
import { askJson } from './server.js';
import { inWords } from './places.js';

const CANDIDATES = 100;
const ROUNDS = 20;

export class Details {
    #dialog = byId('details');
    #again = () => {};
    #turn = 0;

    constructor() {
        byId('details-close').addEventListener('click', () => this.#dialog.close());
        byId('again').addEventListener('click', () => this.#again());
        byId('another').addEventListener('click', () => this.#another());
        this.#dialog.addEventListener('close', () => this.#turn++);
    }

    #place = null;
    #seen = new Set();

    /** Shows a connection. */
    showConnection(id) {
        this.#place = null;
        this.#open();
        this.#show(id);
    }

    /** Shows one of the connections that are in a place. */
    showPlace(place) {
        this.#place = place;
        this.#seen.clear();
        this.#open();
        this.#another();
    }

    #open() {
        byId('another').hidden = this.#place === null;
        write(byId('details-title'), this.#place === null ? '' : inWords(this.#place));
        byId('details-facts').replaceChildren();
        byId('stack').replaceChildren();
        write(byId('details-note'), '');
        this.#dialog.showModal();
    }

    async #show(id) {
        const turn = ++this.#turn;
        this.#again = () => this.#show(id);
        try {
            const [connection, stack] = await Promise.all([
                askJson(`debug/connections/${id}`),
                askJson(`debug/connections/${id}/stack`),
            ]);
            if (turn === this.#turn) {
                this.#fill(connection, stack);
            }
        } catch (error) {
            this.#note(turn, error.message);
        }
    }

    /**
     * Looks for a connection that is in the place now: those that handle messages are there for
     * moments only, so it tries for a while.
     */
    async #another() {
        const turn = ++this.#turn;
        const place = this.#place;
        this.#again = () => this.#another();
        this.#note(turn, 'Looking …');
        try {
            for (let round = 0; round < ROUNDS && turn === this.#turn; round++) {
                if (await this.#find(place, turn)) {
                    return;
                }
            }
            this.#note(turn, 'No connection is there now.');
        } catch (error) {
            this.#note(turn, error.message);
        }
    }

    async #find(place, turn) {
        const state = encodeURIComponent(place.state);
        const { rows } = await askJson(`debug/connections?state=${state}&limit=${CANDIDATES}`);
        const unseen = rows.filter((row) => !this.#seen.has(row.connection.id));
        if (unseen.length === 0) {
            this.#seen.clear();
        }
        for (const { connection } of unseen) {
            const stack = await askJson(`debug/connections/${connection.id}/stack`).catch(() => null);
            if (turn !== this.#turn) {
                return true;
            }
            if (stack?.state === place.state && isIn(place.frame, stack.frames)) {
                this.#seen.add(connection.id);
                this.#again = () => this.#show(connection.id);
                this.#fill(connection, stack);
                return true;
            }
        }
        return false;
    }

    #fill(connection, { state, frames }) {
        write(byId('details-title'), `Connection ${connection.id}`);
        const facts = [
            ['state', state],
            ['user', connection.user ?? 'not logged in'],
            ['client', connection.peer],
            ['path', connection.path],
            ['age', age(connection.ageMillis)],
            ['from it', `${count(connection.messagesIn)} messages, ${bytes(connection.bytesIn)}`],
            ['to it', `${count(connection.messagesOut)} messages, ${bytes(connection.bytesOut)}`],
            ['outbox', `${bytes(connection.outboxBytes)}, at most ${bytes(connection.peakOutboxBytes)}`],
        ];
        byId('details-facts').replaceChildren(
            ...facts.flatMap(([name, value]) => [make('dt', '', name), make('dd', '', value)]),
        );
        byId('stack').replaceChildren(
            ...frames.map((frame) => make('li', frame.startsWith('dev.heddle.') ? 'ours' : '', frame)),
        );
        const none = frames.length === 0 ? ', no stack: its thread just changed' : '';
        write(byId('details-note'), `seen at ${new Date().toTimeString().slice(0, 8)}${none}`);
    }

    #note(turn, text) {
        if (turn === this.#turn) {
            write(byId('details-note'), text);
        }
    }
}

/** Whether a stack is in a place's frame: the `Class.method` that a place has without a package. */
function isIn(frame, frames) {
    return frame === '' || frames.some((each) => each.includes(`.${frame}(`));
}

/** The last events, the newest first; hidden where the server tells none. */
import { clock } from './format.js';
import { byId, make, write } from './dom.js';
import { Stream } from './stream.js';

const KEPT = 100;

/** The server shows life every 15 s: after two that have not come, and some time, it is lost. */
const SILENCE_MS = 35_000;

export class Tail {
    #waiting = [];
    #types = new Set();
    #count = 0;
    #isPaused = false;
    #isOpen = false;
    #stream;

    /** @param silenceMs after which the stream counts as lost */
    constructor(silenceMs = SILENCE_MS) {
        const onEvent = (event) => this.#take(event);
        this.#stream = new Stream('debug/events', { onEvent, onState: (state) => this.#tell(state) }, silenceMs);
        byId('events-pause').addEventListener('click', () => this.#pause());
        byId('event-type').addEventListener('change', () => byId('tail').replaceChildren());
        setInterval(() => {
            write(byId('events-rate'), `${this.#count}/s`);
            this.#count = 0;
        }, 1000);
    }

    /** Reads, unless it does already. */
    open() {
        if (!this.#isOpen) {
            this.#isOpen = true;
            this.#stream.open();
        }
    }

    #tell(state) {
        if (state === 'live') {
            byId('events').hidden = false;
        } else if (state === 'refused') {
            byId('events').hidden = true;
            this.#isOpen = false;
        }
    }

    #pause() {
        this.#isPaused = !this.#isPaused;
        byId('events-pause').setAttribute('aria-pressed', String(this.#isPaused));
        write(byId('events-pause'), this.#isPaused ? 'Continue' : 'Pause');
    }

    #take({ type, data }) {
        this.#count++;
        this.#offer(type);
        const wanted = byId('event-type').value;
        if (this.#isPaused || (wanted !== '' && wanted !== type)) {
            return;
        }
        if (this.#waiting.push({ type, data }) === 1) {
            setTimeout(() => this.#show(), 200); // a storm of them is shown in few steps
        }
        if (this.#waiting.length > KEPT) {
            this.#waiting.splice(1, 1);
        }
    }

    #show() {
        const list = byId('tail');
        list.prepend(...this.#waiting.reverse().map(line));
        this.#waiting = [];
        while (list.children.length > KEPT) {
            list.lastElementChild.remove();
        }
    }

    #offer(type) {
        if (!this.#types.has(type)) {
            this.#types.add(type);
            const option = make('option', '', type);
            option.value = type;
            byId('event-type').append(option);
        }
    }
}

function line({ type, data }) {
    const { time, ...fields } = JSON.parse(data);
    const facts = Object.entries(fields)
        .filter(([, value]) => value !== '')
        .map(([name, value]) => `${name} ${Number.isFinite(value) ? Number(value.toPrecision(6)) : value}`);
    const when = make('span', 'quiet', time ? clock(Date.parse(time) / 1000) : '');
    return make('li', '', when, ' ', make('b', '', type), ` ${facts.join(' · ')}`);
}

// @ts-check

/**
 * The log of the conversation: what came is prepared at once, and shown once per frame.
 * Whatever is shown enters the page as text.
 *
 * @module
 */

import { Loom, OWN_THREAD } from './loom.js';
import { clip, visibleName } from './message.js';

/** How many entries are kept. */
const KEPT = 500;

/** More new entries than this at once are a flood: not to be read out, and shown less often. */
const FLOOD = 10;
const FLOOD_PAUSE_MS = 120;

/** The log counts as read to its end when less than this is below the fold. */
const BOTTOM_PX = 32;

const CLOCK = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });
const COUNT = new Intl.NumberFormat('en');

/**
 * @typedef {object} Parts
 * @property {HTMLElement} pane what scrolls
 * @property {HTMLElement} list the entries, a live region
 * @property {HTMLElement} pending own messages that have not come back yet
 * @property {HTMLElement} more the button that leads to unseen entries
 * @property {HTMLElement} shaft the heddles above the log
 * @property {HTMLElement} welcome what stands in an empty log
 */

export class Log {
    #parts;
    #loom;
    #fresh = document.createDocumentFragment();
    #isShowPlanned = false;
    #isFlood = false;
    #unseen = 0;
    #picks = 0;
    #lastVoice = '';
    #wasAtBottom = true;

    /** @param {Parts} parts */
    constructor(parts) {
        this.#parts = parts;
        this.#loom = new Loom(parts.shaft);
        parts.pane.addEventListener('scroll', () => this.#isAtBottom() && this.#nothingUnseen());
        parts.more.addEventListener('click', () => this.#toBottom());
        // A keyboard that opens, a window that changes or a pane that is shown again must not hide
        // the end of the log.
        parts.pane.addEventListener('scroll', () => (this.#wasAtBottom = this.#isAtBottom()));
        new ResizeObserver(() => this.#wasAtBottom && this.#toBottom()).observe(parts.pane);
    }

    /**
     * Somebody's message. An empty name stands for a client that did not give one.
     *
     * @param {string} name
     * @param {string} text
     * @param {boolean} [own]
     * @param {string} [remark] on what became of it
     */
    addMessage(name, text, own = false, remark = '') {
        const row = this.#message(name, text, own);
        if (remark) {
            row.querySelector('.text')?.append(element('p', 'remark', remark));
        }
        this.#add(row);
        this.#lastVoice = voiceOf(name, own);
    }

    /**
     * An own message on its way to the hub.
     *
     * @param {string} name
     * @param {string} text
     * @returns {() => void} takes it away again
     */
    addPending(name, text) {
        const row = this.#message(name, text, true);
        row.classList.add('pending');
        this.#parts.welcome.hidden = true;
        this.#parts.pending.append(row);
        this.#toBottom();
        return () => row.remove();
    }

    /**
     * A line that nobody said: from the hub, or about the connection.
     *
     * @param {string} text
     * @param {string} [lead] said first, in bold
     */
    addNote(text, lead = '') {
        const row = element('div', 'entry note');
        const words = element('p', '');
        words.append(element('strong', '', lead), lead && ' ', text);
        row.append(time(), words);
        this.#lastVoice = '';
        this.#add(row);
    }

    /**
     * @param {string} name
     * @returns {string} the class that has the dye of this voice; empty if it has been silent
     */
    dyeOf(name) {
        const thread = this.#loom.threadIfAny(name);
        return thread === undefined ? '' : `t${thread}`;
    }

    get isEmpty() {
        return this.#parts.welcome.hidden !== true && this.#fresh.childElementCount === 0;
    }

    /** @type {(name: string, text: string, own: boolean) => HTMLElement} */
    #message(name, text, own) {
        const thread = own ? OWN_THREAD : this.#loom.threadOf(name);
        const row = element('div', `entry message t${thread}`);
        row.classList.toggle('own', own);
        row.classList.toggle('odd', this.#picks++ % 2 === 1);
        row.classList.toggle('continued', name !== '' && voiceOf(name, own) === this.#lastVoice);
        row.classList.toggle('nameless', name === '');
        if (name !== '') {
            row.append(this.#who(name, own));
        }
        row.append(this.#text(text), time());
        return row;
    }

    /** @type {(name: string, own: boolean) => HTMLElement} */
    #who(name, own) {
        const who = element('span', 'who');
        who.append(element('bdi', '', visibleName(name)));
        if (own) {
            who.append(element('span', 'you', ' (you)'));
        }
        who.append(element('span', 'hidden', ': '));
        return who;
    }

    /** @type {(text: string) => HTMLElement} */
    #text(text) {
        const { shown, more } = clip(text);
        const body = element('div', 'text');
        const words = element('p', '', shown || 'an empty message');
        words.dir = 'auto';
        words.classList.toggle('empty', text === '');
        body.append(words);
        if (more > 0) {
            body.append(element('p', 'rest', `… ${COUNT.format(more)} more characters`));
        }
        return body;
    }

    /** @type {(row: HTMLElement) => void} */
    #add(row) {
        this.#fresh.append(row);
        if (this.#fresh.childElementCount > KEPT) {
            this.#fresh.firstElementChild?.remove();
        }
        if (!this.#isShowPlanned) {
            this.#isShowPlanned = true;
            const show = () => this.#show();
            this.#isFlood ? setTimeout(show, FLOOD_PAUSE_MS) : requestAnimationFrame(show);
        }
    }

    #show() {
        this.#isShowPlanned = false;
        const { list } = this.#parts;
        const follow = this.#isAtBottom();
        const count = this.#fresh.childElementCount;
        const threads = new Set();
        for (const row of this.#fresh.children) {
            threads.add(Number(/\bt(\d)/.exec(row.className)?.[1] ?? -1));
        }
        this.#parts.welcome.hidden = true;
        this.#isFlood = count > FLOOD;
        list.ariaLive = this.#isFlood ? 'off' : 'polite';
        list.append(this.#fresh);
        while (list.childElementCount > KEPT) {
            list.firstElementChild?.remove();
        }
        list.firstElementChild?.classList.remove('continued');
        if (this.#isShown()) {
            threads.forEach((thread) => thread >= 0 && this.#loom.lift(thread));
        }
        if (follow) {
            this.#toBottom();
        } else {
            this.#unseen += count;
            const noun = this.#unseen === 1 ? 'new message' : 'new messages';
            this.#parts.more.textContent = `${COUNT.format(this.#unseen)} ${noun}`;
            this.#parts.more.hidden = false;
        }
    }

    #isShown() {
        return this.#parts.pane.clientHeight > 0;
    }

    /** Whether the end of the log can be seen; while the pane is hidden, whether it will be. */
    #isAtBottom() {
        if (!this.#isShown()) {
            return this.#wasAtBottom;
        }
        const { scrollHeight, scrollTop, clientHeight } = this.#parts.pane;
        return scrollHeight - scrollTop - clientHeight < BOTTOM_PX;
    }

    #toBottom() {
        this.#parts.pane.scrollTop = this.#parts.pane.scrollHeight;
        this.#wasAtBottom = true;
        this.#nothingUnseen();
    }

    #nothingUnseen() {
        this.#unseen = 0;
        this.#parts.more.hidden = true;
    }
}

/** @type {(tag: string, className: string, text?: string) => HTMLElement} */
export function element(tag, className, text = '') {
    const made = document.createElement(tag);
    made.className = className;
    made.textContent = text;
    return made;
}

/** @type {(name: string, own: boolean) => string} */
function voiceOf(name, own) {
    return `${own ? 'own' : 'other'} ${name}`;
}

/** @returns {HTMLElement} the time of day */
function time() {
    const now = new Date();
    const made = document.createElement('time');
    made.dateTime = now.toISOString();
    made.textContent = CLOCK.format(now);
    return made;
}

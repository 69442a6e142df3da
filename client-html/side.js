// @ts-check

/**
 * The list at the side of the page: rooms, direct messages, and who is in the room. It is drawn
 * anew from the state of the page, once per frame at most; names enter it as text.
 *
 * @module
 */

import { element } from './log.js';
import { visibleName } from './message.js';

/** How many people are listed; the others are counted. */
const LISTED = 200;

const COUNT = new Intl.NumberFormat('en');
const ORDER = new Intl.Collator(undefined, { numeric: true });

/**
 * @typedef {object} RoomRow
 * @property {number} room
 * @property {boolean} isJoined
 * @property {boolean} isHere whether its conversation is shown
 * @property {boolean} isLost whether one is in it, but not connected
 * @property {number} unread
 */

/**
 * @typedef {object} DirectRow
 * @property {number} room
 * @property {string} person
 * @property {boolean} isHere
 * @property {boolean} isAway whether the person is not in the room
 * @property {number} unread
 * @property {string} dye as the class that has it
 */

/**
 * What is to be drawn.
 *
 * @typedef {object} SideState
 * @property {string} user
 * @property {RoomRow[]} rooms
 * @property {DirectRow[]} directs
 * @property {number} room the one whose people are listed; 0 for none
 * @property {ReadonlySet<string>} people
 * @property {(name: string) => string} dyeOf the class with the dye of who has spoken
 */

/**
 * What somebody does on it.
 *
 * @typedef {object} SideActions
 * @property {() => SideState} state
 * @property {(room: number) => void} enter
 * @property {(room: number) => void} leave
 * @property {(room: number, person: string) => void} talk
 * @property {(room: number, person: string) => void} close
 */

/** @type {(id: string) => HTMLElement} */
const byId = (id) => /** @type {any} */ (document.getElementById(id));

export class Side {
    #actions;
    #isPlanned = false;

    /** @param {SideActions} actions */
    constructor(actions) {
        this.#actions = actions;
    }

    /** Something has changed. */
    refresh() {
        if (!this.#isPlanned) {
            this.#isPlanned = true;
            requestAnimationFrame(() => {
                this.#isPlanned = false;
                this.#draw(this.#actions.state());
            });
        }
    }

    /** @type {(state: SideState) => void} */
    #draw(state) {
        const focused = /** @type {HTMLElement | null} */ (document.activeElement)?.dataset.key;
        byId('user').textContent = visibleName(state.user);
        byId('rooms').replaceChildren(...state.rooms.map((row) => this.#room(row)));
        byId('directs').replaceChildren(...state.directs.map((row) => this.#direct(row)));
        byId('directs-part').hidden = state.directs.length === 0;
        this.#people(state);
        if (focused) {
            const again = `[data-key="${CSS.escape(focused)}"]`;
            /** @type {HTMLElement | null} */ (byId('side').querySelector(again))?.focus();
        }
    }

    /** @type {(row: RoomRow) => HTMLElement} */
    #room({ room, isJoined, isHere, isLost, unread }) {
        const label = element('span', 'label-of', `Room ${room}`);
        const row = button(`enter ${room}`, 'row room', () => this.#actions.enter(room));
        row.classList.toggle('out', !isJoined);
        row.append(label);
        if (!isJoined) {
            row.append(element('span', 'label', 'enter'));
        } else if (isLost) {
            row.append(element('span', 'label lost', 'not connected'));
        }
        mark(row, isHere, unread);
        const item = element('li', '');
        item.append(row);
        if (isJoined) {
            item.append(
                cross(`leave ${room}`, `Leave room ${room}`, () => this.#actions.leave(room)),
            );
        }
        return item;
    }

    /** @type {(row: DirectRow) => HTMLElement} */
    #direct({ room, person, isHere, isAway, unread, dye }) {
        const row = button(`talk ${room} ${person}`, `row direct ${dye}`, () =>
            this.#actions.talk(room, person),
        );
        const where = isAway ? `${room}, away` : `${room}`;
        row.append(name(person), element('span', 'label', where));
        mark(row, isHere, unread);
        const close = cross(
            `close ${room} ${person}`,
            `Close the conversation with ${visibleName(person)}`,
            () => this.#actions.close(room, person),
        );
        const item = element('li', '');
        item.append(row, close);
        return item;
    }

    /** @type {(state: SideState) => void} */
    #people({ user, room, people, dyeOf }) {
        const others = [...people].filter((person) => person !== user).sort(ORDER.compare);
        const rows = others
            .slice(0, LISTED)
            .map((person) => this.#person(room, person, dyeOf(person)));
        if (people.has(user)) {
            rows.unshift(ownRow(user));
        }
        byId('members-part').hidden = people.size === 0;
        byId('members-title').textContent = `In room ${room}: ${COUNT.format(people.size)}`;
        byId('members').replaceChildren(...rows);
        byId('members-rest').hidden = others.length <= LISTED;
        byId('members-rest').textContent = `and ${COUNT.format(others.length - LISTED)} more`;
    }

    /** @type {(room: number, person: string, dye: string) => HTMLElement} */
    #person(room, person, dye) {
        const row = button(`person ${person}`, `row person ${dye}`, () =>
            this.#actions.talk(room, person),
        );
        row.title = `Write to ${visibleName(person)} alone`;
        row.append(name(person));
        const item = element('li', '');
        item.append(row);
        return item;
    }
}

/** @type {(user: string) => HTMLElement} */
function ownRow(user) {
    const item = element('li', 'row person own t0');
    item.append(name(user), element('span', 'label', '(you)'));
    return item;
}

/** @type {(person: string) => HTMLElement} */
function name(person) {
    return element('bdi', 'label-of', visibleName(person));
}

/** @type {(key: string, className: string, act: () => void) => HTMLButtonElement} */
function button(key, className, act) {
    const made = /** @type {HTMLButtonElement} */ (element('button', className));
    made.type = 'button';
    made.dataset.key = key;
    made.addEventListener('click', act);
    return made;
}

/** @type {(key: string, label: string, act: () => void) => HTMLButtonElement} */
function cross(key, label, act) {
    const made = button(key, 'plain cross', act);
    made.ariaLabel = label;
    made.title = label;
    made.textContent = '×';
    return made;
}

/** @type {(row: HTMLElement, isHere: boolean, unread: number) => void} */
function mark(row, isHere, unread) {
    if (isHere) {
        row.setAttribute('aria-current', 'true');
    }
    if (unread > 0) {
        const count = element('span', 'count', COUNT.format(unread));
        count.append(element('span', 'hidden', ' unread'));
        row.append(count);
    }
}

// @ts-check

/**
 * The card that asks who one is: at first, to change the name, and when the server refuses a login.
 * A token that is typed into it goes to whoever opened the card and nowhere else.
 *
 * @module
 */

import { USER_BYTES_MAX, byteCount, nameFault } from './user.js';

/**
 * @typedef {object} Question
 * @property {string} title
 * @property {string} words said below it, or nothing
 * @property {string} name to begin with
 * @property {number[]} rooms to choose from; none where that is not the question
 * @property {number} room to begin with
 * @property {string} fault why one is asked; empty at first
 * @property {boolean} isTokenWanted
 * @property {(() => void) | null} cancel without it one must answer
 */

/** @typedef {{ name: string, room: number, token: string }} Answer */

/** @type {(id: string) => any} */
const byId = (id) => document.getElementById(id);

/** @type {HTMLDialogElement} */
const dialog = byId('who');
/** @type {HTMLInputElement} */
const nameField = byId('who-name');
/** @type {HTMLSelectElement} */
const roomField = byId('who-room');
/** @type {HTMLInputElement} */
const tokenField = byId('who-token');
const fault = byId('who-fault');

export class Who {
    #answered;
    /** @type {(() => void) | null} */
    #cancel = null;

    /** @param {(answer: Answer) => void} answered */
    constructor(answered) {
        this.#answered = answered;
        nameField.addEventListener('input', count);
        byId('who-form').addEventListener('submit', (/** @type {Event} */ event) => {
            event.preventDefault();
            this.#submit();
        });
        byId('who-cancel').addEventListener('click', () => this.#close());
        dialog.addEventListener('cancel', (event) => {
            event.preventDefault();
            this.#close();
        });
    }

    get isOpen() {
        return dialog.open;
    }

    /** @param {Question} question */
    ask({ title, words, name, rooms, room, fault: why, isTokenWanted, cancel }) {
        this.#cancel = cancel;
        byId('who-title').textContent = title;
        byId('who-words').textContent = words;
        byId('who-room-part').hidden = rooms.length === 0;
        byId('who-token-part').hidden = !isTokenWanted;
        byId('who-cancel').hidden = cancel === null;
        nameField.value = name;
        this.offer(rooms, room);
        tokenField.value = '';
        fault.textContent = why;
        count();
        if (!dialog.open) {
            dialog.showModal();
        }
        const first = isTokenWanted ? tokenField : nameField;
        first.focus();
        first.select();
    }

    /** Offers other rooms. @type {(rooms: number[], room: number) => void} */
    offer(rooms, room) {
        roomField.replaceChildren(
            ...rooms.map((each) => new Option(`Room ${each}`, `${each}`, false, each === room)),
        );
    }

    #submit() {
        const name = nameField.value.trim();
        fault.textContent = nameFault(name);
        if (fault.textContent === '') {
            const token = tokenField.value.trim();
            tokenField.value = '';
            dialog.close();
            this.#answered({ name, room: Number(roomField.value), token });
        }
    }

    #close() {
        if (this.#cancel) {
            tokenField.value = '';
            dialog.close();
            this.#cancel();
        }
    }
}

/** Says how long the name is, as the server counts. */
function count() {
    const bytes = byteCount(nameField.value.trim());
    const hint = byId('who-hint');
    hint.textContent = `${bytes} of ${USER_BYTES_MAX} bytes`;
    hint.classList.toggle('over', bytes > USER_BYTES_MAX);
}

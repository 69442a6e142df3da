// @ts-check

/**
 * One conversation of the page: with a room, or with one person in a room. It has a log of its
 * own, which lasts as long as the page, and counts what has not been seen.
 *
 * @module
 */

import { Log } from './log.js';
import { visibleName } from './message.js';

export class Conversation {
    #view;
    #pane;

    /** What has been typed and not sent. */
    draft = '';

    unread = 0;

    /** Whether it is among those that one can choose. */
    isOpen = true;

    /**
     * @param {number} room
     * @param {string} person empty for the room itself
     * @param {HTMLTemplateElement} template of the view
     * @param {HTMLElement} parent gets the view
     * @param {HTMLElement} shaft the heddles above all logs
     */
    constructor(room, person, template, parent, shaft) {
        this.room = room;
        this.person = person;
        const copy = /** @type {DocumentFragment} */ (template.content.cloneNode(true));
        /** @type {(selector: string) => HTMLElement} */
        const part = (selector) => /** @type {any} */ (copy.querySelector(selector));
        this.#view = part('.conversation');
        this.#pane = part('.pane');
        this.#pane.ariaLabel = this.title;
        part('.welcome h2').textContent = person ? this.title : `This is ${this.title}.`;
        part('.for-room').hidden = person !== '';
        part('.for-person').hidden = person === '';
        this.log = new Log({
            pane: this.#pane,
            list: part('.log'),
            pending: part('.on-the-way'),
            more: part('.more'),
            shaft,
            welcome: part('.welcome'),
        });
        parent.append(copy);
    }

    get title() {
        return this.person ? visibleName(this.person) : `Room ${this.room}`;
    }

    /** @param {boolean} isShown */
    show(isShown) {
        this.#view.hidden = !isShown;
    }
}

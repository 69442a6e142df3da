// @ts-check

/**
 * What the page is about: who one is, the rooms that one is in, each over a connection of its own
 * so that all of them are heard, and the conversations there. How that looks is not its matter.
 *
 * @module
 */

import { Place } from './place.js';
import { keepName, keepRooms, nameOfTab } from './user.js';

/** @typedef {import('./conversation.js').Conversation} Conversation */

/**
 * Fires `change` whenever something is different, and `refused` (a `CustomEvent<Place>`) when the
 * server does not let one in.
 */
export class Session extends EventTarget {
    #url;
    #make;
    /** Never kept: who loads the page again has to show it again. */
    #token = '';
    /** @type {Set<number>} rooms that have refused one, until they are asked again */
    #refused = new Set();
    /** @type {Map<string, Conversation>} */
    #conversations = new Map();

    user = nameOfTab();

    /** @type {Map<number, Place>} the rooms that one is in, or on the way to */
    places = new Map();

    /** @type {Conversation | null} the one that is shown */
    current = null;

    /**
     * @param {URL} url of `/acc`
     * @param {(room: number, person: string) => Conversation} make
     */
    constructor(url, make) {
        super();
        this.#url = url;
        this.#make = make;
    }

    /** The place of the conversation that is shown. */
    get place() {
        return this.current ? this.places.get(this.current.room) : undefined;
    }

    get hasToken() {
        return this.#token !== '';
    }

    /** @returns {Conversation[]} with people, in rooms that one is in */
    get directs() {
        return [...this.#conversations.values()].filter(
            ({ room, person, isOpen }) => person !== '' && isOpen && this.places.has(room),
        );
    }

    /** How much has not been seen. */
    get unread() {
        return [...this.#conversations.values()].reduce((sum, one) => sum + one.unread, 0);
    }

    /** Makes it if need be. @type {(room: number, person?: string) => Conversation} */
    conversation(room, person = '') {
        const key = `${room} ${person}`;
        const found = this.#conversations.get(key) ?? this.#make(room, person);
        this.#conversations.set(key, found);
        return found;
    }

    /** Enters a room, unless one is in it, and shows it. @type {(room: number) => void} */
    enter(room) {
        const { log } = this.conversation(room);
        this.show(this.conversation(room));
        if (!this.places.has(room)) {
            const place = new Place(this.#url, room, this);
            this.places.set(room, place);
            keepRooms([...this.places.keys()]);
            if (!log.isEmpty) {
                log.addNote('', 'Entering again.');
            }
            place.enterAs(this.user, this.#token);
        }
    }

    /** @type {(room: number) => void} */
    leave(room) {
        this.places.get(room)?.leave();
        this.places.delete(room);
        this.#refused.delete(room);
        keepRooms([...this.places.keys()]);
        this.conversation(room).log.addNote('', 'You left.');
        for (const one of this.#conversations.values()) {
            one.unread = one.room === room ? 0 : one.unread;
        }
        if (this.current?.room === room) {
            const [other] = this.places.keys();
            this.show(other === undefined ? null : this.conversation(other));
        }
        this.#change();
    }

    /** Shows the conversation with somebody. @type {(room: number, person: string) => void} */
    talk(room, person) {
        this.show(this.conversation(room, person));
    }

    /** Closes the conversation with somebody. @type {(room: number, person: string) => void} */
    close(room, person) {
        const closed = this.conversation(room, person);
        closed.isOpen = false;
        closed.unread = 0;
        if (this.current === closed) {
            this.show(this.conversation(room));
        }
        this.#change();
    }

    /** Shows a conversation, or none. @type {(next: Conversation | null) => void} */
    show(next) {
        this.current?.show(false);
        this.current = next;
        if (next) {
            next.isOpen = true;
            next.show(true);
        }
        this.seen();
    }

    /** What is shown has been seen. */
    seen() {
        if (this.current) {
            this.current.unread = 0;
        }
        this.#change();
    }

    /**
     * Says who one is, and comes back under another name, or to where one was refused.
     *
     * @param {string} user
     * @param {string} token empty for the one before
     */
    beKnownAs(user, token) {
        const isOther = user !== this.user;
        const again = this.#refused;
        this.#refused = new Set();
        this.user = user;
        this.#token = token || this.#token;
        keepName(user);
        for (const place of this.places.values()) {
            if (isOther || again.has(place.number)) {
                place.enterAs(user, this.#token);
            }
        }
        this.#change();
    }

    /** Gives up the rooms that have refused one. */
    giveUp() {
        [...this.#refused].forEach((room) => this.leave(room));
    }

    /** @type {import('./place.js').Host['directsOf']} */
    directsOf(room) {
        return [...this.#conversations.values()].filter(
            (one) => one.room === room && one.person !== '',
        );
    }

    /** @type {import('./place.js').Host['heard']} */
    heard(conversation) {
        conversation.isOpen = true;
        if (conversation !== this.current || document.hidden) {
            conversation.unread++;
        }
        this.#change();
    }

    /** @type {import('./place.js').Host['changed']} */
    changed(place) {
        if (place.change.state === 'refused' && !this.#refused.has(place.number)) {
            this.#refused.add(place.number);
            this.dispatchEvent(new CustomEvent('refused', { detail: place }));
        }
        this.#change();
    }

    #change() {
        this.dispatchEvent(new Event('change'));
    }
}

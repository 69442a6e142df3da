// @ts-check

/**
 * A room that one is in, for the page: what comes from it goes to its conversations, and what
 * becomes of the connection is said there.
 *
 * @module
 */

import { codeSentence, RequestError } from './heddle.js';
import { HeddleRoom } from './room.js';
import { visibleName } from './message.js';

/** @typedef {import('./room.js').RoomChange} RoomChange */
/** @typedef {import('./room.js').RoomMessage} RoomMessage */
/** @typedef {import('./conversation.js').Conversation} Conversation */

/** In a room of more people than this, coming and going is not told: it would fill the log. */
const TOLD = 50;

/** @type {RoomChange} */
const LEFT = { state: 'left', code: 0, sentence: '', delayMs: 0, recovered: false };

/** Who writes to one alone and does not say from whom. Longer than a name, so nobody is called so. */
const UNSIGNED = 'the server, unsigned';

/**
 * What a place needs of the page.
 *
 * @typedef {object} Host
 * @property {(room: number, person?: string) => Conversation} conversation makes it if need be
 * @property {(room: number) => Conversation[]} directsOf those that there are with people of a room
 * @property {(conversation: Conversation) => void} heard something was said in it
 * @property {(place: Place) => void} changed its state, or who is there
 */

export class Place {
    #url;
    #host;
    /** @type {HeddleRoom | null} */
    #room = null;
    #user = '';
    #wasEntered = false;
    #isLossTold = false;

    /** @type {RoomChange} */
    change = LEFT;

    /** When the next try is, on the clock of `performance.now()`. */
    retryAtMs = 0;

    /**
     * @param {string | URL} url of `/acc`
     * @param {number} number of the room
     * @param {Host} host
     */
    constructor(url, number, host) {
        this.#url = url;
        this.#host = host;
        this.number = number;
    }

    /** @returns {ReadonlySet<string>} who is there, if one is there oneself */
    get people() {
        return this.isEntered ? (this.#room?.users ?? new Set()) : new Set();
    }

    get isEntered() {
        return this.change.state === 'entered';
    }

    /** Enters under a name, in place of any before. @type {(user: string, token: string) => void} */
    enterAs(user, token) {
        this.leave();
        if (this.#user !== '' && user !== this.#user) {
            this.#log.addNote(`You are ${visibleName(user)} now.`);
        }
        this.#user = user;
        const room = new HeddleRoom(this.#url, { room: this.number, user, token });
        this.#room = room;
        /** @type {(type: string, action: (detail: any) => void) => void} */
        const on = (type, action) =>
            room.addEventListener(type, (event) => {
                if (room === this.#room) {
                    action(/** @type {CustomEvent} */ (event).detail);
                }
            });
        on('state', (change) => this.#follow(change));
        on('message', (message) => this.#receive(message));
        on('members', () => this.#host.changed(this));
        on('enter', (person) => this.#note(person, 'joined.'));
        on('exit', (person) => this.#note(person, 'left.'));
        room.enter();
    }

    /** Tries at once. */
    retry() {
        this.#room?.enter();
    }

    leave() {
        const room = this.#room;
        this.#room = null;
        this.#wasEntered = false;
        this.#isLossTold = false;
        this.change = LEFT;
        room?.leave();
    }

    /**
     * Sends to the room, or to one person. The text stands in the conversation meanwhile, and
     * stays there unless the server has refused it.
     *
     * @param {string} person empty for the room
     * @param {string} text
     * @returns {Promise<string>} why the server has refused it; empty if it has not
     */
    async say(person, text) {
        const room = this.#room;
        if (!room || !this.isEntered) {
            return 'There is no connection.';
        }
        const { log } = this.#host.conversation(this.number, person);
        const user = this.#user;
        const remove = log.addPending(user, text);
        let remark = '';
        try {
            const isSent = await (person ? room.sendTo(person, text) : room.send(text));
            remark = isSent ? '' : notTaken(person);
        } catch (error) {
            if (!(error instanceof RequestError)) {
                throw error;
            }
            if (error.code !== 0) {
                return codeSentence(error.code, error.message);
            }
            remark = 'This message may not have arrived: the server sent no answer.';
        } finally {
            remove();
        }
        log.addMessage(user, text, true, remark);
        return '';
    }

    /** @type {(change: RoomChange) => void} */
    #follow(change) {
        this.change = change;
        this.retryAtMs = performance.now() + change.delayMs;
        if (change.state === 'entered') {
            if (this.#isLossTold && this.#wasEntered) {
                const heard = change.recovered
                    ? 'All messages sent in between are here.'
                    : 'Messages sent in between are lost.';
                this.#log.addNote(heard, 'Connected again.');
            } else if (this.#isLossTold) {
                this.#log.addNote('', 'Connected.');
            }
            this.#wasEntered = true;
            this.#isLossTold = false;
        } else if (change.state === 'waiting' && !this.#isLossTold) {
            const lead = this.#wasEntered ? 'Connection lost.' : 'Not logged in yet.';
            this.#log.addNote(`${change.sentence} Trying again.`, lead);
            this.#isLossTold = true;
        } else if (change.state === 'left') {
            this.#log.addNote(change.sentence, 'Connection closed.');
            this.#isLossTold = true;
        } else if (change.state === 'refused') {
            this.#log.addNote(change.sentence, 'Login refused.');
        }
        this.#host.changed(this);
    }

    /** @type {(message: RoomMessage) => void} */
    #receive({ from, to, text }) {
        const isDirect = to === this.#user;
        const sender = from || (isDirect ? UNSIGNED : '');
        const conversation = this.#host.conversation(this.number, isDirect ? sender : '');
        conversation.log.addMessage(sender, text, from === this.#user);
        this.#host.heard(conversation);
    }

    /** @type {(person: string, what: string) => void} */
    #note(person, what) {
        const direct = this.#host.directsOf(this.number).filter((one) => one.person === person);
        const told = this.people.size > TOLD ? [] : [this.#log];
        for (const log of [...told, ...direct.map((one) => one.log)]) {
            log.addNote(what, visibleName(person));
        }
    }

    get #log() {
        return this.#host.conversation(this.number).log;
    }
}

/** @type {(person: string) => string} */
function notTaken(person) {
    return person
        ? `${visibleName(person)} is not in this room, so nobody got this.`
        : 'The server refused this message, so nobody got it.';
}

// @ts-check

/**
 * Heddle's client for rooms: one user in one room, over one connection to `/acc` that comes back
 * and logs in again by itself.
 *
 * ```js
 * const room = new HeddleRoom('wss://chat.example.com/acc', { room: 101, user: 'Ada' });
 * room.addEventListener('state', ({ detail }) => console.log(detail.state, detail.sentence));
 * room.addEventListener('members', () => console.log([...room.users]));
 * room.addEventListener('message', ({ detail }) => console.log(detail.from, detail.text));
 * room.enter();
 * await room.send('Hello, all'); // RequestError if the server refuses it or does not answer
 * await room.sendTo('Grace', 'Hello'); // false if Grace is not in the room
 * room.leave();
 * ```
 *
 * @module
 */

import { HeddleConnection, closeSentence } from './heddle.js';
import { RequestError, Requests, codeSentence } from './requests.js';

/** @typedef {import('./heddle.js').Options} ConnectionOptions */
/** @typedef {import('./heddle.js').StateChange} StateChange */
/** @typedef {import('./requests.js').Envelope} Envelope */

/** @typedef {'entering' | 'entered' | 'waiting' | 'refused' | 'left'} RoomState */

/**
 * What a `state` event tells, in its `detail`.
 *
 * @typedef {object} RoomChange
 * @property {RoomState} state `waiting` goes on by itself; `refused` and `left` do not
 * @property {number} code in `waiting` and `left`, the close code; in `refused`, the login's code
 * @property {string} sentence why, in words; empty in `entering` and `entered`
 * @property {number} delayMs in `waiting`: how long until the next try; otherwise 0
 */

/**
 * What a `message` event tells, in its `detail`.
 *
 * @typedef {object} RoomMessage
 * @property {string} id its sender's name for it; anything, also twice the same
 * @property {string} from a user, or who the server was told to say it is from; may be empty
 * @property {string} to the user whom alone it is for; empty when it is for the room
 * @property {string} text any text
 */

/**
 * @typedef {object} RoomOptions
 * @property {number} room its number
 * @property {string} user the name to log in with
 * @property {string} [token] what shows that one is that user, where the server asks for it
 * @property {number} [heartbeatMs] how often the server is shown that somebody is here
 * @property {number} [replyMs] how long an answer may take
 * @property {ConnectionOptions} [connection]
 */

/** The codes of a refused login that may well be taken later: server error, operation failed. */
const PASSING_CODES = new Set([1004, 1009]);

/**
 * Fires `state` (a `CustomEvent<RoomChange>`) on every change; `message`
 * (`CustomEvent<RoomMessage>`) as soon as one comes, which may be just before `entered`; and while
 * entered, `enter` and `exit` (`CustomEvent<string>`: a user other than oneself) as the server tells
 * them, and `members` after each of the latter and whenever the list was asked for anew.
 */
export class HeddleRoom extends EventTarget {
    #options;
    #connection;
    #requests;
    /** @type {RoomState} */
    #state = 'left';
    /** @type {Set<string>} */
    #users = new Set();
    /** @type {Envelope[] | null} who came and went until the list is there */
    #changes = null;
    /** @type {ReturnType<typeof setInterval> | undefined} */
    #heart;
    /** @type {{ code: number, sentence: string } | null} */
    #refusal = null;

    /**
     * @param {string | URL} url of `/acc`
     * @param {RoomOptions} options
     */
    constructor(url, options) {
        super();
        this.#options = options;
        this.#connection = new HeddleConnection(url, options.connection);
        this.#requests = new Requests(this.#connection, options.replyMs);
        this.#connection.addEventListener('state', (event) =>
            this.#follow(/** @type {CustomEvent<StateChange>} */ (event).detail),
        );
        this.#requests.addEventListener('push', (event) => {
            const push = /** @type {CustomEvent<Envelope>} */ (event).detail;
            push.cmd === 'msg' ? this.#message(push) : this.#change(push);
        });
    }

    get state() {
        return this.#state;
    }

    /** Who is in the room, oneself included, as far as is known. Not to be changed. */
    get users() {
        return this.#users;
    }

    /** Enters, or tries at once when it is waiting. After a refusal it tries once more. */
    enter() {
        this.#connection.connect();
    }

    /** Leaves for good; only `enter()` comes back. */
    leave() {
        this.#refusal = null;
        this.#connection.close();
    }

    /**
     * Sends to all others in the room.
     *
     * @param {string} text not empty
     * @returns {Promise<boolean>} whether the server has taken it: not while it is stopping
     * @throws {RequestError}
     */
    async send(text) {
        return isSent(await this.#requests.ask('msgAll', { message: text }));
    }

    /**
     * Sends to one user in the room.
     *
     * @param {string} user
     * @param {string} text not empty
     * @returns {Promise<boolean>} whether the user is there
     * @throws {RequestError}
     */
    async sendTo(user, text) {
        return isSent(await this.#requests.ask('msg', { userID: user, message: text }));
    }

    /** @type {(change: StateChange) => void} */
    #follow({ state, code, reason, delayMs }) {
        clearInterval(this.#heart);
        if (state === 'connected') {
            this.#logIn();
        } else if (state === 'connecting') {
            this.#refusal = null;
            this.#enterState('entering');
        } else if (state === 'closed' && this.#refusal) {
            this.#enterState('refused', this.#refusal.code, this.#refusal.sentence);
        } else {
            const sentence = this.#refusal?.sentence ?? closeSentence(code, reason);
            this.#enterState(state === 'closed' ? 'left' : 'waiting', code, sentence, delayMs);
        }
    }

    async #logIn() {
        const { room, user, token = '' } = this.#options;
        try {
            const login = { appID: room, userID: user, serviceToken: token };
            this.#changes = []; // who is let in may hear of others before it hears of that
            await this.#requests.ask('login', login);
            const list = await this.#requests.ask('members');
            this.#users = new Set(list?.userList);
            this.#users.add(user);
            this.#changes.forEach((push) => this.#apply(push));
            this.#heart = setInterval(() => this.#beat(), this.#options.heartbeatMs ?? 30_000);
            this.#enterState('entered');
            this.#tellMembers();
        } catch (error) {
            this.#refused(error);
        } finally {
            this.#changes = null;
        }
    }

    /** Asks for life, and gives a connection up that has none or has forgotten who this is. */
    async #beat() {
        try {
            await this.#requests.ask('heartbeat');
        } catch (error) {
            this.#connection.drop(error instanceof RequestError ? error.message : '');
        }
    }

    /** @type {(error: unknown) => void} */
    #refused(error) {
        if (!(error instanceof RequestError)) {
            throw error;
        }
        if (error.code === 0) {
            this.#connection.drop('no answer to the login'); // unless it is lost already
            return;
        }
        this.#refusal = { code: error.code, sentence: codeSentence(error.code, error.message) };
        if (PASSING_CODES.has(error.code)) {
            this.#connection.drop('');
        } else {
            this.#connection.close();
        }
    }

    /** @type {(push: Envelope) => void} */
    #message({ seq, response: { data } }) {
        /** @type {RoomMessage} */
        const detail = { id: seq, from: data.from, to: data.target ?? '', text: `${data.msg}` };
        this.dispatchEvent(new CustomEvent('message', { detail }));
    }

    /** @type {(push: Envelope) => void} */
    #change(push) {
        if (this.#changes) {
            this.#changes.push(push);
            return;
        }
        this.#apply(push);
        this.dispatchEvent(new CustomEvent(push.cmd, { detail: push.response.data.from }));
        this.#tellMembers();
    }

    /** @type {(push: Envelope) => void} */
    #apply({ cmd, response: { data } }) {
        cmd === 'enter' ? this.#users.add(data.from) : this.#users.delete(data.from);
    }

    #tellMembers() {
        this.dispatchEvent(new Event('members'));
    }

    /** @type {(state: RoomState, code?: number, sentence?: string, delay?: number) => void} */
    #enterState(state, code = 0, sentence = '', delayMs = 0) {
        this.#state = state;
        /** @type {RoomChange} */
        const detail = { state, code, sentence, delayMs };
        this.dispatchEvent(new CustomEvent('state', { detail }));
    }
}

/** @type {(data: any) => boolean} */
function isSent(data) {
    return data?.sendResults === true;
}

// @ts-check

/**
 * Heddle's client for rooms: one user in one room, over one connection to `/acc` that comes back
 * and logs in again by itself, and then hears what was said in the room meanwhile, if the server
 * still has it. Messages to one user alone are not kept.
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

import { Heddle, RequestError, tell } from './heddle.js';

/** @typedef {import('./heddle.js').ConnectionOptions} ConnectionOptions */
/** @typedef {import('./heddle.js').ClientStateChange} StateChange */
/** @typedef {import('./heddle.js').Envelope} Envelope */
/** @typedef {import('./heddle.js').Publication} Publication */
/** @typedef {import('./heddle.js').Subscription} Subscription */

/** @typedef {'entering' | 'entered' | 'waiting' | 'refused' | 'left'} RoomState */

/**
 * What a `state` event tells, in its `detail`.
 *
 * @typedef {object} RoomChange
 * @property {RoomState} state `waiting` goes on by itself; `refused` and `left` do not
 * @property {number} code in `waiting` and `left`, the close code; in `refused`, the login's code
 * @property {string} sentence why, in words; empty in `entering` and `entered`
 * @property {number} delayMs in `waiting`: how long until the next try; otherwise 0
 * @property {boolean} recovered in `entered`: whether all was heard that was said since one was
 *     `entered` before
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
 * @property {number} [heartbeatMs] after how much silence the server is asked for life
 * @property {number} [replyMs] how long an answer may take
 * @property {ConnectionOptions} [connection]
 */

/**
 * Fires `state` (a `CustomEvent<RoomChange>`) on every change; `message`
 * (`CustomEvent<RoomMessage>`) as soon as one comes, which may be just before `entered`; and while
 * entered, `enter` and `exit` (`CustomEvent<string>`: a user other than oneself) as the server tells
 * them, and `members` after each of the latter and whenever the list was asked for anew.
 */
export class HeddleRoom extends EventTarget {
    #user;
    #heddle;
    #channel;
    /** @type {Subscription | null} of the same messages, for what is missed */
    #subscription = null;
    /** Up to where the publications are those that were missed; 0 when none were asked for. */
    #missedTo = 0;
    #hasRecovered = false;
    #isCaughtUp = false;
    /** @type {Set<string>} what has come while one entered, which may come the other way too */
    #told = new Set();
    /** @type {RoomState} */
    #state = 'left';
    /** @type {Set<string>} */
    #users = new Set();
    /** @type {Envelope[] | null} who came and went until the list is there */
    #changes = null;

    /**
     * @param {string | URL} url of `/acc`
     * @param {RoomOptions} options
     */
    constructor(url, { room, user, token, heartbeatMs, replyMs, connection }) {
        super();
        this.#user = user;
        const times = { silenceMs: heartbeatMs, timeoutMs: replyMs };
        this.#heddle = new Heddle(url, { ...connection, ...times, room, user, token });
        this.#heddle.addEventListener('state', ({ detail }) => this.#follow(detail));
        this.#heddle.addEventListener('push', ({ detail }) => {
            if (detail.cmd === 'msg') {
                this.#message(detail);
            } else if (detail.cmd === 'enter' || detail.cmd === 'exit') {
                this.#change(detail);
            }
        });
        this.#channel = `room:${room}`;
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
        this.#subscription ??= this.#subscribe();
        this.#heddle.connect();
    }

    /** Leaves for good; only `enter()` comes back. */
    leave() {
        this.#heddle.close();
    }

    /**
     * Sends to all others in the room.
     *
     * @param {string} text not empty
     * @returns {Promise<boolean>} whether the server has taken it: not while it is stopping
     * @throws {RequestError}
     */
    async send(text) {
        return isSent(await this.#heddle.request('msgAll', { message: text }));
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
        return isSent(await this.#heddle.request('msg', { userID: user, message: text }));
    }

    /** @type {(change: StateChange) => void} */
    #follow({ state, code, sentence, refused, delayMs }) {
        if (state === 'connected') {
            this.#askForMembers();
        } else if (state === 'connecting') {
            this.#hasRecovered = false;
            this.#isCaughtUp = false;
            this.#missedTo = 0;
            this.#told.clear();
            this.#changes = []; // who is let in may hear of others before it hears of that
            this.#enterState('entering');
        } else if (state === 'waiting') {
            this.#enterState('waiting', code, sentence, delayMs);
        } else {
            this.#enterState(refused ? 'refused' : 'left', refused || code, sentence);
        }
    }

    async #askForMembers() {
        const changes = this.#changes ?? [];
        try {
            const list = await this.#heddle.request('members');
            if (changes !== this.#changes) {
                return; // That was another connection.
            }
            this.#users = new Set(list?.userList);
            this.#users.add(this.#user);
            changes.forEach((push) => this.#apply(push));
            this.#changes = null;
            this.#arrive();
        } catch (error) {
            if (!(error instanceof RequestError)) {
                throw error;
            }
            if (changes === this.#changes) {
                this.#heddle.drop(error.message); // unless it is lost already
            }
        }
    }

    /** The room's messages come as pushes, and from its channel those that came meanwhile. */
    #subscribe() {
        const onPublication = (/** @type {Publication} */ { id = '', from = '', data, offset }) => {
            if (offset <= this.#missedTo && from !== this.#user) {
                const text = typeof data === 'string' ? data : JSON.stringify(data);
                this.#tell('channel', { id, from, to: '', text });
            }
        };
        const subscription = this.#heddle.subscribe(this.#channel, { onPublication });
        subscription.addEventListener('subscribed', ({ detail: { recovered } }) => {
            if (this.#state === 'entering') {
                this.#hasRecovered = recovered === true;
                this.#missedTo = recovered ? Infinity : 0;
            }
        });
        subscription.addEventListener('caughtUp', ({ detail: { offset } }) => {
            this.#missedTo = Math.min(this.#missedTo, offset);
            this.#isCaughtUp = true;
            this.#arrive();
        });
        subscription.addEventListener('error', () => {
            this.#isCaughtUp = true; // as far as can be
            this.#hasRecovered = false;
            this.#arrive();
        });
        return subscription;
    }

    /** One has entered when it is known who is there, and all is told that was missed. */
    #arrive() {
        const isOver = this.#isCaughtUp || this.#subscription?.state === 'unsubscribed';
        if (this.#state === 'entering' && isOver && !this.#changes) {
            this.#enterState('entered');
            this.#tellMembers();
        }
    }

    /** @type {(push: Envelope) => void} */
    #message({ seq, response: { data } }) {
        this.#tell('push', { id: seq, from: data.from, to: data.target ?? '', text: `${data.msg}` });
    }

    /**
     * What was said just when one came back comes both ways, and is told once.
     *
     * @type {(way: 'push' | 'channel', detail: RoomMessage) => void}
     */
    #tell(way, detail) {
        const { id, from, to, text } = detail;
        const other = way === 'push' ? 'channel' : 'push';
        if (id !== '' && to === '' && this.#told.delete(JSON.stringify([other, id, from, text]))) {
            return;
        }
        if (this.#state === 'entering') {
            this.#told.add(JSON.stringify([way, id, from, text]));
        }
        tell(this, 'message', detail);
    }

    /** @type {(push: Envelope) => void} */
    #change(push) {
        if (this.#changes) {
            this.#changes.push(push);
            return;
        }
        this.#apply(push);
        if (this.#state === 'entered') {
            tell(this, push.cmd, push.response.data.from);
            this.#tellMembers();
        }
    }

    /** @type {(push: Envelope) => void} */
    #apply({ cmd, response: { data } }) {
        cmd === 'enter' ? this.#users.add(data.from) : this.#users.delete(data.from);
    }

    #tellMembers() {
        tell(this, 'members', null);
    }

    /** @type {(state: RoomState, code?: number, sentence?: string, delay?: number) => void} */
    #enterState(state, code = 0, sentence = '', delayMs = 0) {
        this.#state = state;
        const recovered = state === 'entered' && this.#hasRecovered;
        /** @type {RoomChange} */
        const detail = { state, code, sentence, delayMs, recovered };
        tell(this, 'state', detail);
    }
}

/** @type {(data: any) => boolean} */
function isSent(data) {
    return data?.sendResults === true;
}

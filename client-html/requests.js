// @ts-check

/**
 * The requests and replies of `/acc` over a connection: each request has a `seq` of its own, by
 * which its reply is known.
 *
 * @module
 */

import { HeddleConnection } from './heddle.js';

/** @typedef {import('./heddle.js').StateChange} StateChange */

/**
 * What the server sends: a reply, or a push.
 *
 * @typedef {object} Envelope
 * @property {string} seq
 * @property {string} cmd
 * @property {{ code: number, codeMsg: string, data: any }} response
 */

/** The code of what went well. */
const OK = 200;

/**
 * A request that was refused, or that had no answer.
 */
export class RequestError extends Error {
    /**
     * @param {number} code the server's, or 0 when it did not answer: then nobody knows whether
     *     it has done what it was asked for
     * @param {string} message the server's text, or why there is no answer
     */
    constructor(code, message) {
        super(message);
        this.name = 'RequestError';
        this.code = code;
    }
}

/**
 * A refusal in words, with its number for whoever looks for it.
 *
 * @param {number} code
 * @param {string} text the server's
 * @returns {string}
 */
export function codeSentence(code, text) {
    return code === 0
        ? `The server did not answer: ${text}.`
        : `The server says: ${text}. (${code})`;
}

/**
 * Fires `push` (a `CustomEvent<Envelope>`) for each `msg`, `enter` and `exit` that the server sends
 * by itself, in its order; replies go to whoever asked. What is neither is ignored.
 */
export class Requests extends EventTarget {
    #connection;
    #replyMs;
    /** @type {Map<string, { cmd: string, reply: (envelope: Envelope) => void, fail: (why: string) => void }>} */
    #open = new Map();
    #last = Math.floor(Math.random() * 1e6);

    /**
     * @param {HeddleConnection} connection
     * @param {number} [replyMs] how long an answer may take
     */
    constructor(connection, replyMs = 10_000) {
        super();
        this.#connection = connection;
        this.#replyMs = replyMs;
        connection.addEventListener('state', (event) => {
            const { state } = /** @type {CustomEvent<StateChange>} */ (event).detail;
            if (state !== 'connected') {
                this.#failAll('the connection was lost');
            }
        });
        connection.addEventListener('message', (event) =>
            this.#receive(/** @type {MessageEvent<unknown>} */ (event).data),
        );
    }

    /**
     * Sends a command and waits for its reply.
     *
     * @param {string} cmd
     * @param {object} [data]
     * @returns {Promise<any>} `data` of a reply that says that it went well
     * @throws {RequestError}
     */
    ask(cmd, data = {}) {
        const seq = this.#nextSeq();
        return new Promise((resolve, reject) => {
            const done = () => {
                clearTimeout(timer);
                this.#open.delete(seq);
            };
            const fail = (/** @type {string} */ why) => {
                done();
                reject(new RequestError(0, why));
            };
            const reply = (/** @type {Envelope} */ { response }) => {
                done();
                response.code === OK
                    ? resolve(response.data)
                    : reject(new RequestError(response.code, `${response.codeMsg}`));
            };
            const timer = setTimeout(() => fail('it took too long'), this.#replyMs);
            this.#open.set(seq, { cmd, reply, fail });
            if (!this.#connection.send(JSON.stringify({ seq, cmd, data }))) {
                fail('there is no connection');
            }
        });
    }

    /** @type {(text: unknown) => void} */
    #receive(text) {
        const envelope = parse(text);
        if (!envelope) {
            return;
        }
        if (isPush(envelope)) {
            this.dispatchEvent(new CustomEvent('push', { detail: envelope }));
            return;
        }
        const request = this.#open.get(envelope.seq);
        if (request?.cmd === envelope.cmd) {
            request.reply(envelope);
        }
    }

    #failAll(/** @type {string} */ why) {
        this.#open.forEach(({ fail }) => fail(why));
    }

    /** Milliseconds and six digits, as gowebsocket's page has it: the same never comes twice. */
    #nextSeq() {
        this.#last = (this.#last + 1) % 1_000_000;
        return `${Date.now()}-${String(this.#last).padStart(6, '0')}`;
    }
}

/** @type {(text: unknown) => Envelope | null} */
function parse(text) {
    try {
        const envelope = JSON.parse(String(text));
        return typeof envelope?.response?.code === 'number' ? envelope : null;
    } catch {
        return null; // Not for this client.
    }
}

/**
 * A push says whom it is from, and no reply does: so no sender can make one that passes for a
 * reply by giving it a `seq`.
 *
 * @type {(envelope: Envelope) => boolean}
 */
function isPush({ cmd, response }) {
    return ['msg', 'enter', 'exit'].includes(cmd) && typeof response.data?.from === 'string';
}

/**
 * Asks a server which rooms it has, over a connection of its own.
 *
 * @param {string | URL} url of `/acc`
 * @returns {Promise<number[]>} their numbers
 * @throws {RequestError}
 */
export async function askForRooms(url) {
    const connection = new HeddleConnection(url);
    const requests = new Requests(connection);
    try {
        await new Promise((resolve, reject) => {
            connection.addEventListener('state', (event) => {
                const { state } = /** @type {CustomEvent<StateChange>} */ (event).detail;
                if (state === 'connected') {
                    resolve(state);
                } else if (state !== 'connecting') {
                    reject(new RequestError(0, 'there is no connection'));
                }
            });
            connection.connect();
        });
        return (await requests.ask('rooms')).rooms;
    } finally {
        connection.close();
    }
}

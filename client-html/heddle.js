// @ts-check

/**
 * Heddle's client for browsers: a WebSocket that comes back by itself. For users and rooms there is
 * `room.js`, which is made of it.
 *
 * The connection is in one of four states. It leaves `connected` for `waiting` when the server
 * or the network ended it and it is worth coming back, and for `closed` when it is not: because
 * `close()` was called, or because the server's close code says that the same would happen again.
 *
 * @module
 */

/** @typedef {'connecting' | 'connected' | 'waiting' | 'closed'} ConnectionState */

/**
 * What a `state` event tells, in its `detail`.
 *
 * @typedef {object} StateChange
 * @property {ConnectionState} state
 * @property {number} code in `waiting` and `closed`: why the connection ended; otherwise 0
 * @property {string} reason what the server said with that code, often empty
 * @property {number} attempt how many tries have failed since the last steady connection
 * @property {number} delayMs in `waiting`: how long until the next try; otherwise 0
 */

/**
 * @typedef {object} Options
 * @property {number} [baseDelayMs] upper bound of the first wait
 * @property {number} [maxDelayMs] upper bound of every wait
 * @property {number} [openTimeoutMs] how long a try may take
 * @property {() => number} [random] a number from 0 to below 1
 */

/** Close codes after which the same client would only be refused again. */
const FINAL_CODES = new Set([1002, 1003, 1007, 1008, 1009, 1010]);

/** A connection that lasted this long was a good one: the next wait starts small again. */
const STEADY_MS = 5_000;

/** @type {Record<number, string>} */
const SENTENCES = {
    1000: 'The server ended the conversation.',
    1001: 'The server is going away or starting again.',
    1002: 'The server saw a breach of the WebSocket protocol.',
    1003: 'The server does not take this kind of message.',
    1005: 'The server ended the connection and gave no reason.',
    1006: 'The connection broke, or the server could not be reached.',
    1007: 'The server received text that is not valid UTF-8.',
    1008: 'The server does not allow what this connection did.',
    1009: 'A message was too big for the server.',
    1010: 'The server lacks an extension that this page needs.',
    1011: 'The server met an error of its own.',
    1012: 'The server is starting again.',
    1013: 'This connection could not keep up, or the server is too busy.',
    1014: 'A gateway in front of the server got no good answer.',
    1015: 'The secure connection could not be made.',
    4000: 'The server heard nothing from this page for too long.',
    4001: 'Nobody logged in in time.',
    4003: 'The login has expired.',
    4008: 'This page kept sending more than the server allows.',
    4500: 'Somebody logged in elsewhere under the same name.',
    4501: 'An operator or a service ended this connection.',
};

/**
 * A close code in words, with the server's own reason and the number for whoever looks for it.
 *
 * @param {number} code
 * @param {string} [reason]
 * @returns {string}
 */
export function closeSentence(code, reason = '') {
    const sentence = SENTENCES[code] ?? 'The connection was ended.';
    return `${sentence} (${reason ? `${code}: ${reason}` : code})`;
}

/**
 * Whether a close code means: do not come back. Of Heddle's own codes, which begin at 4000, those
 * from 4500 on do.
 *
 * @param {number} code
 * @returns {boolean}
 */
export function isFinalCode(code) {
    return FINAL_CODES.has(code) || (code >= 4500 && code <= 4999);
}

/**
 * Exponential back-off with full jitter: anything from nothing to a bound that doubles with each
 * failed try, so that the clients of a restarted server do not all come back in the same moment.
 *
 * @param {number} attempt failed tries before this one
 * @param {Options} [options]
 * @returns {number} milliseconds to wait
 */
export function backoffMs(attempt, options = {}) {
    const { baseDelayMs = 500, maxDelayMs = 30_000, random = Math.random } = options;
    return random() * Math.min(maxDelayMs, baseDelayMs * 2 ** attempt);
}

/**
 * Fires `state` (a `CustomEvent<StateChange>`) on every change, and `message` (a `MessageEvent`;
 * binary data is an `ArrayBuffer`) for each message, in the order in which the server sent them.
 */
export class HeddleConnection extends EventTarget {
    #url;
    #options;
    /** @type {ConnectionState} */
    #state = 'closed';
    /** @type {WebSocket | null} */
    #socket = null;
    /** @type {AbortController | null} */
    #watch = null;
    /** @type {ReturnType<typeof setTimeout> | undefined} the limit of a try, or the wait */
    #timer;
    #attempt = 0;
    #connectedAtMs = 0;

    /**
     * @param {string | URL} url
     * @param {Options} [options]
     */
    constructor(url, options = {}) {
        super();
        this.#url = url;
        this.#options = options;
    }

    get state() {
        return this.#state;
    }

    /** Connects, or tries at once when the connection is waiting. Otherwise it does nothing. */
    connect() {
        if (this.#state === 'connecting' || this.#state === 'connected') {
            return;
        }
        this.#watchForBetterTimes();
        this.#attempt = 0;
        this.#open();
    }

    /**
     * Hands a message over for sending.
     *
     * @param {string | ArrayBuffer | ArrayBufferView<ArrayBuffer> | Blob} data
     * @returns {boolean} whether it was taken; never while the connection is not `connected`
     */
    send(data) {
        if (this.#state !== 'connected' || this.#socket?.readyState !== WebSocket.OPEN) {
            return false;
        }
        this.#socket.send(data);
        return true;
    }

    /**
     * Closes for good; only `connect()` opens it again.
     *
     * @param {number} [code] 1000, or 3000 to 4999
     * @param {string} [reason] at most 123 bytes of UTF-8
     */
    close(code = 1000, reason = '') {
        this.#socket?.close(code, reason);
        this.#socket = null;
        this.#end(code, reason);
    }

    /**
     * Gives up the connection that there is, and comes back as if it had been lost: for whoever
     * knows that it is of no use any more. Otherwise it does nothing.
     *
     * @param {string} reason for the `state` event
     */
    drop(reason) {
        if (this.#state === 'connected') {
            this.#socket?.close();
            this.#lost(1006, reason);
        }
    }

    #open() {
        clearTimeout(this.#timer);
        const socket = new WebSocket(this.#url);
        socket.binaryType = 'arraybuffer';
        this.#socket = socket;
        this.#timer = setTimeout(() => socket.close(), this.#options.openTimeoutMs ?? 15_000);
        /** @type {(action: (event: any) => void) => (event: Event) => void} */
        const ifCurrent = (action) => (event) => socket === this.#socket && action(event);
        socket.onopen = ifCurrent(() => this.#opened());
        socket.onmessage = ifCurrent(({ data }) =>
            this.dispatchEvent(new MessageEvent('message', { data })),
        );
        socket.onclose = ifCurrent(({ code, reason }) => this.#lost(code, reason));
        this.#enter('connecting');
    }

    #opened() {
        clearTimeout(this.#timer);
        this.#connectedAtMs = performance.now();
        this.#enter('connected');
    }

    /** @type {(code: number, reason: string) => void} */
    #lost(code, reason) {
        this.#socket = null;
        clearTimeout(this.#timer);
        const lastedMs = performance.now() - this.#connectedAtMs;
        if (this.#state === 'connected' && lastedMs >= STEADY_MS) {
            this.#attempt = 0;
        }
        if (isFinalCode(code)) {
            this.#end(code, reason);
            return;
        }
        const delayMs = backoffMs(this.#attempt++, this.#options);
        this.#timer = setTimeout(() => this.#open(), delayMs);
        this.#enter('waiting', code, reason, delayMs);
    }

    /** @type {(code: number, reason: string) => void} */
    #end(code, reason) {
        clearTimeout(this.#timer);
        this.#watch?.abort();
        this.#watch = null;
        this.#attempt = 0;
        if (this.#state !== 'closed') {
            this.#enter('closed', code, reason);
        }
    }

    /** The network is back, or somebody looks at the page again: no reason to wait longer. */
    #watchForBetterTimes() {
        if (this.#watch) {
            return;
        }
        this.#watch = new AbortController();
        const { signal } = this.#watch;
        const tryNow = () => this.#state === 'waiting' && this.connect();
        const page = globalThis.document;
        const seen = () => page.visibilityState === 'visible' && tryNow();
        globalThis.addEventListener?.('online', tryNow, { signal });
        page?.addEventListener('visibilitychange', seen, { signal });
    }

    /** @type {(state: ConnectionState, code?: number, reason?: string, delay?: number) => void} */
    #enter(state, code = 0, reason = '', delay = 0) {
        this.#state = state;
        /** @type {StateChange} */
        const detail = { state, code, reason, attempt: this.#attempt, delayMs: delay };
        this.dispatchEvent(new CustomEvent('state', { detail }));
    }
}

// @ts-check

/**
 * Heddle's client for browsers and Node: channels, requests, and a WebSocket that comes back by
 * itself. What each thing means stands in `heddle.d.ts`.
 *
 * @module
 */

/** @import * as Api from './heddle.d.ts' */

/** Close codes after which the same client would only be refused again. */
const FINAL_CODES = new Set([1002, 1003, 1007, 1008, 1009, 1010]);

/** A connection that lasted this long was a good one: the next wait starts small again. */
const STEADY_MS = 5_000;

/** How often a client looks whether it has slept, or heard nothing for too long. */
const WATCH_MS = 5_000;

/** How long a connection that may be dead has to show life. */
const PROOF_MS = 5_000;

/** What a `for await` that does not keep up may leave waiting. */
const READER_MAX = 10_000;

const OK = 200;
const NOT_AUTHORIZED = 1003;
const SERVER_ERROR = 1004;
const OPERATION_FAILED = 1009;
const TOKEN_EXPIRED = 4003;

/** @type {Record<number, string>} */
const SENTENCES = {
    1000: 'The server ended the conversation.',
    1001: 'The server is going away or starting again.',
    1002: 'The server saw a breach of the WebSocket protocol.',
    1005: 'The server ended the connection and gave no reason.',
    1006: 'The connection broke, or the server could not be reached.',
    1008: 'The server does not allow what this connection did.',
    1009: 'A message was too big for the server.',
    1011: 'The server met an error of its own.',
    1012: 'The server is starting again.',
    1013: 'This connection could not keep up, or the server is too busy.',
    4000: 'The server heard nothing from this page for too long.',
    4001: 'Nobody logged in in time.',
    4003: 'The login has expired.',
    4008: 'This page kept sending more than the server allows.',
    4013: 'This connection could not keep up, or the server is too busy.',
    4500: 'Somebody logged in elsewhere under the same name.',
    4501: 'An operator or a service ended this connection.',
};

/** @type {typeof Api.closeSentence} */
export function closeSentence(code, reason = '') {
    const sentence = SENTENCES[code] ?? 'The connection was ended.';
    return `${sentence} (${reason ? `${code}: ${reason}` : code})`;
}

/** @type {typeof Api.codeSentence} */
export function codeSentence(code, text) {
    return code === 0
        ? `The server did not answer: ${text}.`
        : `The server says: ${text}. (${code})`;
}

/** @type {typeof Api.isFinalCode} */
export function isFinalCode(code) {
    return FINAL_CODES.has(code) || (code >= 4500 && code <= 4999);
}

/** @type {typeof Api.backoffMs} */
export function backoffMs(attempt, options = {}) {
    const { baseDelayMs = 500, maxDelayMs = 30_000, random = Math.random } = options;
    return random() * Math.min(maxDelayMs, baseDelayMs * 2 ** attempt);
}

export class RequestError extends Error {
    /**
     * @param {number} code
     * @param {string} message
     */
    constructor(code, message) {
        super(message);
        this.name = 'RequestError';
        this.code = code;
    }
}

export class HeddleConnection extends EventTarget {
    #url;
    #options;
    /** @type {Api.ConnectionState} */
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
     * @param {Api.ConnectionOptions} [options]
     */
    constructor(url, options = {}) {
        super();
        this.#url = url;
        this.#options = options;
    }

    get state() {
        return this.#state;
    }

    connect() {
        if (this.#state === 'connecting' || this.#state === 'connected') {
            return;
        }
        this.#watchForBetterTimes();
        this.#attempt = 0;
        this.#open();
    }

    /** @type {Api.HeddleConnection['send']} */
    send(data) {
        if (this.#state !== 'connected' || this.#socket?.readyState !== WebSocket.OPEN) {
            return false;
        }
        this.#socket.send(data);
        return true;
    }

    close(code = 1000, reason = '') {
        this.#socket?.close(code, reason);
        this.#socket = null;
        this.#end(code, reason);
    }

    /** @type {Api.HeddleConnection['drop']} */
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
        // Node 22 tells of no other end before it is open.
        socket.onerror = ifCurrent(() => this.#state === 'connecting' && this.#lost(1006, ''));
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
        const page = globalThis.document;
        const ask = () => tell(this, 'wake', null);
        const look = () => (this.#state === 'waiting' ? this.connect() : ask());
        const seen = () => page.visibilityState === 'visible' && look();
        globalThis.addEventListener?.('online', look, { signal });
        globalThis.addEventListener?.('offline', ask, { signal });
        page?.addEventListener('visibilitychange', seen, { signal });
        page?.addEventListener('resume', look, { signal });
    }

    /** @type {(state: Api.ConnectionState, code?: number, reason?: string, delay?: number) => void} */
    #enter(state, code = 0, reason = '', delayMs = 0) {
        this.#state = state;
        tell(this, 'state', { state, code, reason, attempt: this.#attempt, delayMs });
    }
}

/** @typedef {(error: unknown, data?: any) => void} Done */
/** @typedef {{ cmd: string, text: string, isSent: boolean, waits: boolean, done: Done }} Asked */

/**
 * What a subscription has of its client, `ask` and `forget`, and the client of it. Who is `lost`
 * with an error or `null` does not come back.
 *
 * @typedef {{ ask: (cmd: string, data: object, done: Done) => void, forget: () => void,
 *     restore: () => void, lost: (end?: Error | null) => void,
 *     receive: (cmd: string, data: any) => void }} Link
 */

export class Heddle extends EventTarget {
    #connection;
    #options;
    #timeoutMs;
    /** @type {Api.ConnectionState} */
    #state = 'closed';
    #hasBegun = false;
    /** @type {Map<string, Link>} by channel */
    #links = new Map();
    /** @type {Map<string, Asked>} by `seq` */
    #asked = new Map();
    #lastSeq = Date.now();
    /** @type {Api.RequestError | null} why nobody was let in */
    #refusal = null;
    /** @type {Promise<string> | null} the one to log in with */
    #token = null;
    #isTokenNew = false;
    #tokenEndsMs = 0;
    /** @type {AbortController} ends with the try, or with the connection that came of it */
    #try = new AbortController();
    #heardAtMs = 0;
    #isProving = false;

    /**
     * @param {string | URL} url
     * @param {Api.HeddleOptions} [options]
     */
    constructor(url, options = {}) {
        super();
        this.#options = options;
        this.#timeoutMs = options.timeoutMs ?? 10_000;
        this.#connection = new HeddleConnection(url, options);
        /** @type {(type: string, action: (event: any) => void) => void} */
        const on = (type, action) => this.#connection.addEventListener(type, action);
        on('state', ({ detail }) => this.#follow(detail));
        on('message', ({ data }) => this.#receive(data));
        on('wake', () => this.#prove());
        onAbort(options.signal, () => this.close());
    }

    get state() {
        return this.#state;
    }

    connect() {
        this.#hasBegun = true;
        this.#connection.connect();
    }

    close() {
        this.#hasBegun = true;
        this.#refusal = null;
        this.#connection.close();
    }

    /** @type {Api.Heddle['drop']} */
    drop(reason) {
        this.#connection.drop(reason);
    }

    /** @type {Api.Heddle['subscribe']} */
    subscribe(channel, options = {}) {
        if (this.#links.has(channel)) {
            throw new Error(`there is a subscription of ${channel} already`);
        }
        options.signal?.throwIfAborted();
        const subscription = this.#link(channel, options);
        if (this.#state === 'connected') {
            this.#links.get(channel)?.restore();
        } else {
            this.#begin();
        }
        return subscription;
    }

    /** @type {Api.Heddle['publish']} */
    async publish(channel, data, { id = `${Date.now()}-${Math.random()}`, ...options } = {}) {
        const { timeoutMs = this.#timeoutMs } = options;
        const untilMs = performance.now() + timeoutMs;
        for (;;) {
            const leftMs = untilMs - performance.now();
            try {
                const request = { channel, data, id };
                return await this.request('publish', request, { ...options, timeoutMs: leftMs });
            } catch (error) {
                const isLost = error instanceof RequestError && error.code === 0;
                // The same id is published once, so what had no answer may be sent again.
                if (!isLost || this.#state === 'closed' || performance.now() >= untilMs - 10) {
                    throw error;
                }
            }
        }
    }

    /** @type {Api.Heddle['history']} */
    history(channel, { since, limit = 100, ...options } = {}) {
        return this.request('history', { channel, since, limit }, options);
    }

    /** @type {Api.Heddle['presence']} */
    async presence(channel, options) {
        return (await this.request('presence', { channel }, options)).clients;
    }

    /** @type {Api.Heddle['presenceStats']} */
    presenceStats(channel, options) {
        return this.request('presenceStats', { channel }, options);
    }

    /** @type {Api.Heddle['request']} */
    request(cmd, data = {}, options = {}) {
        return new Promise((resolve, reject) => {
            options.signal?.throwIfAborted();
            this.#begin();
            const done = (/** @type {unknown} */ error, /** @type {any} */ reply) =>
                error ? reject(error) : resolve(reply);
            this.#ask(cmd, data, done, { ...options, waits: true });
        });
    }

    /** @type {(cmd: string, data: object, done: Done, options?: Api.RequestOptions & { waits?: boolean }) => void} */
    #ask(cmd, data, done, { signal, timeoutMs = this.#timeoutMs, waits = false } = {}) {
        const seq = `${++this.#lastSeq}`;
        const fail = (/** @type {string} */ why) => asked.done(new RequestError(0, why));
        const endTimer = timer(timeoutMs, () => fail('it took too long'));
        const forgetSignal = onAbort(signal, () => asked.done(signal?.reason));
        /** @type {Asked} */
        const asked = {
            cmd,
            text: JSON.stringify({ seq, cmd, data }),
            isSent: false,
            waits,
            done: (error, reply) => {
                if (this.#asked.delete(seq)) {
                    endTimer();
                    forgetSignal();
                    done(error, reply);
                }
            },
        };
        this.#asked.set(seq, asked);
        if (waits && this.#state === 'closed') {
            fail('there is no connection');
        } else if (!waits || this.#state === 'connected') {
            this.#send(asked);
        }
    }

    /** @type {(asked: Asked) => void} */
    #send(asked) {
        asked.isSent = this.#connection.send(asked.text);
        if (!asked.isSent && !asked.waits) {
            asked.done(new RequestError(0, 'there is no connection'));
        }
    }

    /** Connects when something is first wanted of it. */
    #begin() {
        if (!this.#hasBegun) {
            this.connect();
        }
    }

    /** @type {(change: Api.StateChange) => void} */
    #follow(change) {
        const { state, code, reason } = change;
        if (state === 'connected') {
            this.#logIn(this.#try.signal);
            return;
        }
        this.#try.abort();
        if (code === TOKEN_EXPIRED) {
            this.#token = null;
        }
        const isClosed = state === 'closed';
        const isOwn = isClosed && code === 1000 && !this.#refusal;
        if (state === 'connecting') {
            this.#refusal = null;
            this.#try = new AbortController();
            this.#takeToken().catch(() => {}); // who logs in sees to it
        }
        const { code: refused = 0, message = '' } = this.#refusal ?? {};
        const words = refused ? codeSentence(refused, message) : closeSentence(code, reason);
        const sentence = isOwn || state === 'connecting' ? '' : words;
        const error = isOwn ? null : new RequestError(refused || code, sentence);
        this.#links.forEach((link) => (isClosed ? link.lost(error) : link.lost()));
        this.#state = state;
        this.#asked.forEach((asked) => {
            if (asked.isSent || isClosed) {
                asked.done(new RequestError(0, 'the connection was lost'));
            }
        });
        tell(this, 'state', { ...change, sentence, refused });
    }

    /** Logs in and subscribes to everything again, all in one go. */
    async #logIn(/** @type {AbortSignal} */ signal) {
        const { user, room, token, getToken, pingSeconds = 25 } = this.#options;
        let serviceToken;
        try {
            serviceToken = await this.#takeToken();
        } catch (error) {
            this.#token = null;
            if (!signal.aborted) {
                this.drop(`no token: ${error}`);
            }
            return;
        }
        if (signal.aborted) {
            return;
        }
        if (user === undefined && !token && !getToken) {
            this.#letIn(); // for commands that need no login
            return;
        }
        const login = { userID: user, appID: room, serviceToken, pingSeconds };
        this.#ask('login', login, (error) => {
            if (!error) {
                this.#letIn();
            } else if (!signal.aborted) {
                this.#refused(/** @type {Api.RequestError} */ (error));
            }
        });
        this.#links.forEach((link) => link.restore());
    }

    #letIn() {
        const { signal } = this.#try;
        this.#isTokenNew = false;
        this.#heardAtMs = performance.now();
        this.#state = 'connected';
        this.#watch(signal);
        this.#refreshInTime(signal);
        const detail = { state: this.#state, code: 0, reason: '', attempt: 0, delayMs: 0 };
        tell(this, 'state', { ...detail, sentence: '', refused: 0 });
        this.#links.forEach((link) => link.restore()); // those that came during the login
        this.#asked.forEach((asked) => asked.isSent || this.#send(asked));
    }

    /** @type {(error: Api.RequestError) => void} */
    #refused(error) {
        const { code } = error;
        const isOld = this.#options.getToken && !this.#isTokenNew;
        this.#refusal = code === 0 ? null : error;
        if (code === NOT_AUTHORIZED) {
            this.#token = null;
        }
        if ([0, SERVER_ERROR, OPERATION_FAILED].includes(code) || (code === NOT_AUTHORIZED && isOld)) {
            this.drop('no answer to the login'); // or one that may well be another the next time
        } else {
            this.#connection.close();
        }
    }

    /** The token that there is, while it is good, or a new one. @returns {Promise<string>} */
    #takeToken() {
        const { token = '', getToken } = this.#options;
        if (!getToken) {
            return Promise.resolve(token);
        }
        if (!this.#token || performance.now() >= this.#tokenEndsMs) {
            this.#token = this.#newToken(getToken);
        }
        return this.#token;
    }

    /** @type {(getToken: NonNullable<Api.HeddleOptions['getToken']>) => Promise<string>} */
    async #newToken(getToken) {
        this.#tokenEndsMs = Infinity;
        const token = await getToken({ signal: this.#try.signal });
        this.#isTokenNew = true;
        this.#tokenEndsMs = performance.now() + 0.8 * lifetimeMs(token) - 1000; // `iat` is in seconds
        return token;
    }

    /** Brings a new token before the old one ends, by its own lifetime: no clock need be right. */
    #refreshInTime(/** @type {AbortSignal} */ signal) {
        const { getToken } = this.#options;
        if (!getToken || this.#tokenEndsMs === Infinity) {
            return;
        }
        const waitMs = Math.max(1000, this.#tokenEndsMs - performance.now());
        const timer = setTimeout(async () => {
            try {
                this.#token = this.#newToken(getToken);
                await this.request('refresh', { serviceToken: await this.#token }, { signal });
            } catch (error) {
                this.#token = null;
                if (signal.aborted) {
                    return;
                }
                tell(this, 'error', error);
                this.#tokenEndsMs = performance.now() + 5000 + backoffMs(0, { baseDelayMs: 5000 });
            }
            this.#refreshInTime(signal);
        }, Math.min(waitMs, 2 ** 31 - 1));
        onAbort(signal, () => clearTimeout(timer));
    }

    /** Looks after a connection: whether it is silent, and whether this client was asleep. */
    #watch(/** @type {AbortSignal} */ signal) {
        const { pingSeconds = 25, silenceMs = (pingSeconds + 5) * 1000 } = this.#options;
        const everyMs = Math.min(WATCH_MS, silenceMs);
        let lookedAtMs = Date.now();
        const watch = setInterval(() => {
            const hasSlept = Date.now() - lookedAtMs > everyMs + WATCH_MS;
            lookedAtMs = Date.now();
            if (hasSlept || performance.now() - this.#heardAtMs >= silenceMs) {
                this.#prove();
            }
        }, everyMs);
        onAbort(signal, () => clearInterval(watch));
    }

    /** Asks for life, and gives up a connection that has none, or has forgotten who this is. */
    #prove() {
        if (this.#state !== 'connected' || this.#isProving) {
            return;
        }
        this.#isProving = true;
        const { signal } = this.#try;
        const askedAtMs = performance.now();
        const timeoutMs = Math.min(PROOF_MS, this.#timeoutMs);
        const done = (/** @type {any} */ error) => {
            this.#isProving = false;
            const isSilent = error?.code !== 0 || this.#heardAtMs <= askedAtMs;
            if (error && isSilent && !signal.aborted) {
                this.drop(error.code === 0 ? 'no sign of life' : error.message);
            }
        };
        this.#ask('heartbeat', {}, done, { timeoutMs });
    }

    /** @type {(text: unknown) => void} */
    #receive(text) {
        this.#heardAtMs = performance.now();
        const envelope = parse(text);
        if (!envelope) {
            return;
        }
        const { seq, cmd, response } = envelope;
        if (seq === '' || isMessage(envelope)) {
            this.#push(envelope);
            return;
        }
        const asked = this.#asked.get(seq);
        if (asked?.cmd !== cmd) {
            return; // It came too late, or is not for this client.
        }
        response.code === OK
            ? asked.done(null, response.data)
            : asked.done(new RequestError(response.code, `${response.codeMsg}`));
    }

    /** @type {(envelope: Api.Envelope) => void} */
    #push(envelope) {
        const { cmd, response: { data } } = envelope;
        if (cmd === 'keepalive') {
            this.#prove();
        } else if (cmd === 'subscribed' && !this.#links.has(data.channel)) {
            tell(this, 'subscription', this.#link(data.channel, {}));
        }
        this.#links.get(data?.channel)?.receive(cmd, data);
        tell(this, 'push', envelope);
    }

    /** @type {(channel: string, options: Api.SubscribeOptions) => any} a `Subscription` */
    #link(channel, options) {
        /** @type {any} */
        const link = {
            ask: (/** @type {Parameters<Link['ask']>} */ ...asked) => this.#ask(...asked),
            forget: () => this.#links.delete(channel),
        };
        this.#links.set(channel, link);
        return new Subscription(channel, options, link);
    }
}

/** @typedef {{ queue: Api.Publication[], wake: () => void, error: Error | null }} Reader */

export class Subscription extends EventTarget {
    #link;
    #options;
    /** @type {Api.Subscription['state']} */
    #state = 'subscribing';
    /** @type {Api.Position | null} */
    #position;
    /** The number of the last question: only its answer counts. */
    #turn = 0;
    #isAsking = false;
    #attempt = 0;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    #retry;
    /** @type {Set<Reader>} */
    #readers = new Set();
    /** @type {{ error: Error | null } | null} why no more will come */
    #ending = null;
    #forgetSignal;

    /**
     * @param {string} channel
     * @param {Api.SubscribeOptions} options
     * @param {Link} link
     */
    constructor(channel, options, link) {
        super();
        this.channel = channel;
        const { recover, onPublication, signal } = options;
        this.#options = options;
        this.#position = typeof recover === 'object' ? recover : null;
        this.#link = link;
        link.restore = () => {
            this.#ending = null;
            if (!this.#isAsking) {
                this.#ask();
            }
        };
        link.lost = (error) => {
            this.#stop();
            if (error !== undefined) {
                this.#finish(error);
            }
        };
        link.receive = (cmd, data) => this.#receive(cmd, data);
        if (onPublication) {
            const give = (/** @type {any} */ event) => onPublication(event.detail, /** @type {any} */ (this));
            this.addEventListener('publication', give);
        }
        this.#forgetSignal = onAbort(signal, () => this.unsubscribe());
    }

    get state() {
        return this.#state;
    }

    get position() {
        return this.#position;
    }

    unsubscribe() {
        if (this.#state !== 'unsubscribed') {
            this.#link.ask('unsubscribe', { channel: this.channel }, () => {});
            this.#end({ code: 0, reason: '', resubscribe: false }, null);
        }
    }

    /** @returns {AsyncGenerator<Api.Publication, void, void>} */
    async *[Symbol.asyncIterator]() {
        /** @type {Reader} */
        const reader = { queue: [], wake: () => {}, error: null };
        this.#readers.add(reader);
        try {
            for (;;) {
                const { queue } = reader;
                reader.queue = [];
                yield* queue;
                const ending = reader.error ? reader : this.#ending;
                if (reader.queue.length === 0 && ending) {
                    if (ending.error) {
                        throw ending.error;
                    }
                    return;
                }
                if (reader.queue.length === 0) {
                    await new Promise((resolve) => (reader.wake = () => resolve(null)));
                }
            }
        } finally {
            this.#readers.delete(reader);
        }
    }

    #stop() {
        clearTimeout(this.#retry);
        this.#turn++;
        this.#isAsking = false;
        this.#state = 'subscribing';
    }

    /** Subscribes, again if need be, from where it is. */
    #ask() {
        this.#stop();
        this.#isAsking = true;
        const turn = this.#turn;
        const { recover = true, rewind } = this.#options;
        const from = recover ? this.#position : null;
        const more = from ? { recover: from } : this.#position ? {} : { rewind };
        this.#link.ask('subscribe', { channel: this.channel, ...more }, (error, reply) => {
            if (turn === this.#turn) {
                this.#isAsking = false;
                error ? this.#failed(error) : this.#begin(reply);
            }
        });
    }

    /** @type {(reply: any) => void} */
    #begin({ epoch, offset, recovered = null, publications = [] }) {
        const turn = this.#turn;
        const isSame = this.#position?.epoch === epoch;
        const after = isSame ? (this.#position?.offset ?? 0) : 0;
        this.#state = 'subscribed';
        this.#attempt = 0;
        this.#position = recovered ? this.#position : { epoch, offset: after };
        tell(this, 'subscribed', { epoch, offset, recovered });
        for (const publication of publications) {
            if (turn !== this.#turn) {
                return; // A listener has ended it.
            }
            if (publication.offset > after) {
                this.#deliver({ channel: this.channel, epoch, ...publication });
            }
        }
        if (turn === this.#turn) {
            this.#position = { epoch, offset };
        }
    }

    /** @type {(error: any) => void} */
    #failed(error) {
        tell(this, 'error', error);
        if (error.code === 0 || error.code === SERVER_ERROR) {
            this.#askLater();
        } else {
            this.#end({ code: error.code, reason: error.message, resubscribe: false }, error);
        }
    }

    #askLater() {
        this.#retry = setTimeout(() => this.#ask(), backoffMs(this.#attempt++));
    }

    /** @type {(cmd: string, data: any) => void} */
    #receive(cmd, data) {
        if (cmd === 'subscribed' && !this.#isAsking) {
            this.#position ? this.#ask() : this.#begin(data);
        } else if (this.#state !== 'subscribed') {
            return; // It belongs to an earlier subscription; the answer will have it.
        } else if (cmd === 'publication') {
            this.#next(data);
        } else if (cmd === 'join' || cmd === 'leave') {
            tell(this, cmd, data);
        } else if (cmd === 'unsubscribed' && data.resubscribe) {
            this.#stop();
            tell(this, 'unsubscribed', { code: 0, ...data });
            this.#askLater();
        } else if (cmd === 'unsubscribed') {
            this.#end({ code: 0, ...data }, null);
        }
    }

    /** Delivers what comes next, not what was there before, and asks for what is missing. */
    #next(/** @type {Api.Publication} */ publication) {
        const { epoch, offset } = /** @type {Api.Position} */ (this.#position);
        if (publication.epoch !== epoch || publication.offset > offset + 1) {
            this.#ask();
        } else if (publication.offset === offset + 1) {
            this.#deliver(publication);
        }
    }

    /** @type {(publication: Api.Publication) => void} */
    #deliver(publication) {
        this.#position = { epoch: publication.epoch, offset: publication.offset };
        for (const reader of this.#readers) {
            if (reader.queue.push(publication) > READER_MAX) {
                reader.error = new RangeError(`more than ${READER_MAX} publications wait`);
                this.#readers.delete(reader);
            }
            reader.wake();
        }
        tell(this, 'publication', publication);
    }

    /** @type {(detail: object, error: Error | null) => void} */
    #end(detail, error) {
        this.#stop();
        this.#state = 'unsubscribed';
        this.#forgetSignal();
        this.#link.forget();
        this.#finish(error);
        tell(this, 'unsubscribed', { channel: this.channel, ...detail });
    }

    #finish(/** @type {Error | null} */ error) {
        this.#ending = { error };
        this.#readers.forEach((reader) => reader.wake());
    }
}

/** @type {(target: EventTarget, type: string, detail: unknown) => void} */
function tell(target, type, detail) {
    target.dispatchEvent(new CustomEvent(type, { detail }));
}

/** @type {(signal: AbortSignal | undefined, action: () => void) => () => void} */
function onAbort(signal, action) {
    signal?.addEventListener('abort', action, { once: true });
    return () => signal?.removeEventListener('abort', action);
}

/**
 * A timer that a sleep does not use up: what has come meanwhile gets its turn first.
 *
 * @type {(ms: number, action: () => void) => () => void} the result ends it
 */
function timer(ms, action) {
    const dueMs = performance.now() + ms;
    const late = () => (id = setTimeout(action, Math.min(ms, 1000)));
    let id = setTimeout(() => (performance.now() > dueMs + 1000 ? late() : action()), ms);
    return () => clearTimeout(id);
}

/** How long a token is good from when it is made; infinite if it does not say so. */
function lifetimeMs(/** @type {string} */ token) {
    try {
        const claims = token.split('.')[1].replaceAll('-', '+').replaceAll('_', '/');
        const { iat, exp } = JSON.parse(atob(claims));
        return exp > iat ? (exp - iat) * 1000 : Infinity;
    } catch {
        return Infinity;
    }
}

/** @type {(text: unknown) => Api.Envelope | null} */
function parse(text) {
    try {
        const envelope = JSON.parse(String(text));
        return typeof envelope?.response?.code === 'number' ? envelope : null;
    } catch {
        return null; // Not for this client.
    }
}

/**
 * These pushes have their sender's `seq`, and say whom they are from, as no reply does: so nobody
 * can make one that passes for a reply by giving it a `seq`.
 *
 * @type {(envelope: Api.Envelope) => boolean}
 */
function isMessage({ cmd, response }) {
    return ['msg', 'enter', 'exit'].includes(cmd) && typeof response.data?.from === 'string';
}

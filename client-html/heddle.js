// @ts-check

/**
 * Heddle's client for browsers and Node: channels, requests, and a WebSocket that comes back by
 * itself. What each thing means stands in `heddle.d.ts`.
 *
 * @module
 */

/** @import * as Api from './heddle.d.ts' */

const OK = 200;
const BAD_PARAMETER = 1001;
const NOT_AUTHORIZED = 1003;
const SERVER_ERROR = 1004;
const OPERATION_FAILED = 1009;
const TOO_BIG = 1009;
const TOKEN_EXPIRED = 4003;
const TOO_FAST = 4008;

/** Close codes after which the same client would only be refused again. */
const FINAL_CODES = new Set([1002, 1003, 1007, 1008, TOO_BIG, 1010]);

/** A connection that was good for this long: the next wait starts small again. */
const STEADY_MS = 5_000;

/** What a server that is left says of when to come back; not all at the same moment. */
const COME_BACK = /; come back in (\d{1,6})s$/;
const APART_MS = 2_000;

/** How often a client looks whether it has slept, or heard nothing for too long. */
const WATCH_MS = 5_000;

/** How long a connection that may be dead has to show life. */
const PROOF_MS = 5_000;

/** What a `for await` that does not keep up may leave waiting. */
const READER_MAX = 10_000;

/** How many publications are asked for at once; the others when these have come. */
const PORTION = 500;

/** What a server is thought to take until it says what it does: Heddle's defaults. */
const LIMITS = { messageBytes: 0, commandsPerSecond: 50, commandBurst: 100 };

/** @type {Record<number, string>} */
const SENTENCES = {
    1000: 'The server closed the connection.',
    1001: 'The server is going away or starting again.',
    1002: 'The server says that this page broke the WebSocket protocol.',
    1005: 'The server ended the connection and gave no reason.',
    1006: 'The connection broke, or the server could not be reached.',
    1008: 'The server does not allow what this connection did.',
    1009: 'A message was too big for the server.',
    1011: 'The server closed the connection because of an internal error.',
    1012: 'The server is starting again.',
    1013: 'This connection could not keep up, or the server is too busy.',
    4000: 'The server heard nothing from this page for too long.',
    4001: 'This page did not log in in time.',
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
export function backoffMs(attempt, { baseDelayMs, maxDelayMs, random = Math.random } = {}) {
    return random() * Math.min(time(maxDelayMs, 30_000), time(baseDelayMs, 500) * 2 ** attempt);
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

/**
 * Who uses a connection, and hears of it at once and not by events. `prepare` is what a try does
 * before it opens a WebSocket.
 *
 * @typedef {{ state: (change: Api.StateChange, turn: AbortSignal) => void,
 *     message: (data: any) => void, wake: (isBack: boolean) => void,
 *     prepare: (turn: AbortSignal) => Promise<unknown> | undefined,
 *     isFinal: (code: number) => boolean }} User
 */

export class HeddleConnection extends EventTarget {
    #url;
    #options;
    /** @type {User} */
    #user;
    /** @type {Api.ConnectionState} */
    #state = 'closed';
    /** @type {WebSocket | null} */
    #socket = null;
    /** A try with the connection that comes of it, or a wait. What belongs to it ends with it. */
    #turn = new AbortController();
    #attempt = 0;
    #goodSinceMs = Infinity;

    /**
     * @param {string | URL} url
     * @param {Api.ConnectionOptions} [options]
     * @param {User} [user]
     */
    constructor(url, options = {}, user) {
        super();
        this.#url = url;
        this.#options = options;
        this.#user = user ?? {
            state: (change) => {
                if (change.state === 'connected') {
                    this.isGood();
                }
                tell(this, 'state', change);
            },
            message: (data) => emit(this, new MessageEvent('message', { data })),
            wake: () => tell(this, 'wake', null),
            prepare: () => undefined,
            isFinal: isFinalCode,
        };
    }

    get state() {
        return this.#state;
    }

    connect() {
        if (this.#state === 'closed' || this.#state === 'waiting') {
            this.#again();
        }
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
        this.#end(code, reason);
    }

    /** @type {Api.HeddleConnection['drop']} */
    drop(reason) {
        if (this.#state === 'connected') {
            this.#lost(1006, reason);
        }
    }

    /** The connection is what it was made for: once it has lasted, waits start small again. */
    isGood() {
        this.#goodSinceMs = performance.now();
    }

    #again() {
        this.#attempt = 0;
        this.#open();
    }

    #open() {
        const turn = this.#enter('connecting');
        if (turn.aborted) {
            return;
        }
        const prepared = this.#user.prepare(turn);
        const failed = (/** @type {unknown} */ error) =>
            turn.aborted || this.#lost(1006, `no token: ${words(error)}`);
        prepared ? prepared.then(() => this.#dial(turn), failed) : this.#dial(turn);
    }

    #dial(/** @type {AbortSignal} */ turn) {
        if (turn.aborted) {
            return;
        }
        /** @type {WebSocket} */
        let socket;
        try {
            socket = new WebSocket(this.#url);
        } catch (error) {
            timer(0, () => this.#end(1006, words(error)), turn);
            return;
        }
        socket.binaryType = 'arraybuffer';
        this.#socket = socket;
        onAbort(turn, () => socket.close());
        const limitMs = time(this.#options.openTimeoutMs, 15_000);
        const stop = timer(limitMs, () => this.#lost(1006, 'no answer'), turn);
        /** @type {(action: (event: any) => void) => (event: Event) => void} */
        const ifCurrent = (action) => (event) => turn.aborted || action(event);
        socket.onopen = ifCurrent(() => {
            stop();
            this.#enter('connected');
        });
        socket.onmessage = ifCurrent(({ data }) => this.#user.message(data));
        // Deno tells of a broken connection with 0.
        socket.onclose = ifCurrent(({ code, reason }) => this.#lost(code || 1006, reason));
        // Node 22 tells of no other end before it is open.
        socket.onerror = ifCurrent(() => this.#state === 'connecting' && this.#lost(1006, ''));
    }

    /** @type {(code: number, reason: string) => void} */
    #lost(code, reason) {
        const { signal } = this.#turn;
        if (performance.now() - this.#goodSinceMs >= STEADY_MS && code !== TOO_FAST) {
            this.#attempt = 0;
        }
        this.#goodSinceMs = Infinity;
        const isFinal = this.#user.isFinal(code);
        const delayMs = isFinal ? 0 : this.#delayMs(reason);
        if (signal.aborted) {
            return; // Who was asked has decided otherwise.
        }
        if (isFinal) {
            this.#end(code, reason);
        } else {
            this.#attempt++;
            const wait = this.#enter('waiting', code, reason, delayMs);
            timer(delayMs, () => this.#open(), wait);
        }
    }

    #leave() {
        if (this.#state !== 'waiting') {
            this.#lost(1006, 'the page was left');
        }
    }

    #delayMs(/** @type {string} */ reason) {
        const back = COME_BACK.exec(reason);
        try {
            const { random } = this.#options;
            return back
                ? Number(back[1]) * 1000 + time(backoffMs(0, { baseDelayMs: APART_MS, random }), 0)
                : time(backoffMs(this.#attempt, this.#options), 0);
        } catch {
            return backoffMs(this.#attempt); // A `random` that throws keeps nobody away.
        }
    }

    /** @type {(code: number, reason: string) => void} */
    #end(code, reason) {
        this.#attempt = 0;
        this.#goodSinceMs = Infinity;
        if (this.#state !== 'closed') {
            this.#enter('closed', code, reason);
        }
    }

    /** The network is back, or somebody looks at the page again: no reason to wait longer. */
    #watchForBetterTimes(/** @type {AbortSignal} */ signal) {
        const page = globalThis.document;
        /** @type {(target: any, type: string, action: (event: any) => void) => void} */
        const on = (target, type, action) => target?.addEventListener?.(type, action, { signal });
        const back = () => (this.#state === 'connected' ? this.#user.wake(true) : this.#again());
        const look = () => (this.#state === 'waiting' ? this.#again() : this.#user.wake(false));
        on(globalThis, 'online', back);
        on(globalThis, 'offline', () => this.#user.wake(false));
        on(page, 'visibilitychange', () => page.visibilityState === 'visible' && look());
        on(page, 'resume', back);
        on(globalThis, 'pageshow', ({ persisted }) => persisted && back());
        // A browser may keep the page, and with it the connection, for somebody who comes back.
        on(globalThis, 'pagehide', ({ persisted }) => persisted && this.#leave());
    }

    /**
     * Every state but `connected` begins a turn. The one before ends when all is as it will be, for
     * whoever hears of that may close or connect.
     *
     * @type {(state: Api.ConnectionState, code?: number, reason?: string, delay?: number) => AbortSignal}
     */
    #enter(state, code = 0, reason = '', delayMs = 0) {
        const before = this.#turn;
        this.#state = state;
        if (state !== 'connected') {
            this.#turn = new AbortController();
            this.#socket = null;
        }
        const { signal } = this.#turn;
        if (state !== 'connected') {
            before.abort();
        }
        if (!signal.aborted) {
            if (state === 'connecting' || state === 'waiting') {
                this.#watchForBetterTimes(signal);
            }
            this.#user.state({ state, code, reason, attempt: this.#attempt, delayMs }, signal);
        }
        return signal;
    }
}

/** @typedef {(error: any, data?: any) => void} Done */
/** @typedef {{ cmd: string, text: string, rank: number, isSent: boolean, sent: () => void, done: Done }} Asked */
/** @typedef {Api.RequestOptions & { rank?: number }} Asking */

/** In which order things are sent: what keeps the connection, requests, and subscriptions. */
const [AT_ONCE, REQUEST, SUBSCRIBE] = [0, 1, 2];

/**
 * What a subscription has of its client: `ask`, whose result takes the question back, and `forget`;
 * and the client of it. Who is `lost` with an error or `null` does not come back by itself.
 *
 * @typedef {{ ask: (cmd: string, data: object, done: Done) => () => void, forget: () => void,
 *     restore: () => void, lost: (end?: Error | null) => void,
 *     receive: (cmd: string, data: any) => void }} Link
 */

export class Heddle extends EventTarget {
    #connection;
    #options;
    #timeoutMs;
    #silenceMs;
    /** @type {Api.ConnectionState} */
    #state = 'closed';
    /** @type {Error | null | undefined} why it is closed, once it was open */
    #ending;
    #hasBegun = false;
    /** @type {Map<string, Link>} by channel */
    #links = new Map();
    /** @type {Map<string, Asked>} by `seq` */
    #asked = new Map();
    #lastSeq = Date.now();
    /** @type {Asked[]} whose answers are late */
    #late = [];
    #limits = LIMITS;
    /** How much of what may be sent at once was sent. */
    #spent = 0;
    #spentAtMs = 0;
    #stopPump = () => {};
    /** @type {Api.RequestError | null} why nobody was let in */
    #refusal = null;
    /** @type {string | null} the one to log in with */
    #token = null;
    #isTokenNew = false;
    #tokenEndsMs = 0;
    /** Ends with the try, or with the connection that came of it. */
    #turn = new AbortController().signal;
    #forgetSignal = () => {};
    #heardAtMs = 0;
    #isProving = false;

    /**
     * @param {string | URL} url
     * @param {Api.HeddleOptions} [options]
     */
    constructor(url, options = {}) {
        super();
        const { timeoutMs, silenceMs, pingSeconds = 25 } = options;
        this.#options = options;
        this.#timeoutMs = time(timeoutMs, 10_000);
        this.#silenceMs = time(silenceMs, time((pingSeconds + 5) * 1000, 30_000));
        this.#connection = new HeddleConnection(url, options, {
            state: (change, turn) => this.#follow(change, turn),
            message: (data) => this.#receive(data),
            wake: (isBack) => this.#wake(isBack),
            prepare: (turn) => this.#prepare(turn),
            isFinal: (code) => this.#isFinal(code),
        });
    }

    get state() {
        return this.#state;
    }

    connect() {
        const { signal } = this.#options;
        this.#hasBegun = true;
        if (signal?.aborted) {
            return;
        }
        this.#forgetSignal();
        this.#forgetSignal = onAbort(signal, () => this.close());
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
        const link = this.#links.get(channel);
        this.#begin();
        if (this.#state === 'connected') {
            link?.restore();
        } else if (this.#state === 'closed') {
            link?.lost(this.#ending ?? null);
        }
        return subscription;
    }

    /** @type {Api.Heddle['publish']} */
    async publish(channel, data, { id = `${Date.now()}-${Math.random()}`, ...options } = {}) {
        const untilMs = performance.now() + time(options.timeoutMs, this.#timeoutMs);
        const body = `{"channel":${json(channel)},"id":${json(id)},"data":${json(data)}}`;
        for (;;) {
            const timeoutMs = Math.max(0, untilMs - performance.now());
            try {
                return await this.#request('publish', body, { ...options, timeoutMs });
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
    async history(channel, { since, limit = 100, ...options } = {}) {
        const ask = (/** @type {object} */ part) =>
            this.request('history', { channel, since, limit, ...part }, options);
        const { epoch, offset, publications } = await ask({});
        // A reply may have only a part. What is published meanwhile is no part of it.
        for (let part = publications; part.length > 0; ) {
            const last = part[part.length - 1].offset;
            const left = Math.min(limit - publications.length, offset - last);
            if (left <= 0) {
                break;
            }
            part = (await ask({ since: { epoch, offset: last }, limit: left })).publications;
            publications.push(...part);
        }
        return { channel, epoch, offset, publications };
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
    async request(cmd, data = {}, options = {}) {
        return this.#request(cmd, json(data), options);
    }

    /** @type {(cmd: string, body: string, options: Api.RequestOptions) => Promise<any>} */
    #request(cmd, body, options) {
        return new Promise((resolve, reject) => {
            options.signal?.throwIfAborted();
            this.#begin();
            /** @type {Done} */
            const done = (error, reply) => (error ? reject(error) : resolve(reply));
            this.#ask(cmd, body, done, { ...options, rank: REQUEST });
        });
    }

    /**
     * Asks when it may. A subscription's answer may be late, for much can be before it on the way.
     *
     * @type {(cmd: string, data: object | string, done: Done, options?: Asking) => () => void}
     */
    #ask(cmd, data, done, { signal, timeoutMs, rank = AT_ONCE } = {}) {
        const seq = `${++this.#lastSeq}`;
        let text = '';
        try {
            const body = typeof data === 'string' ? data : json(data);
            text = `{"seq":"${seq}","cmd":${json(cmd)},"data":${body}}`;
        } catch (error) {
            done(error);
            return () => {};
        }
        const fail = (/** @type {string} */ why) => asked.done(new RequestError(0, why));
        const late = () =>
            rank === SUBSCRIBE ? this.#lookPast(asked) : fail('it took too long');
        const limit = () => timer(time(timeoutMs, this.#timeoutMs), late);
        let stop = rank === SUBSCRIBE ? () => {} : limit();
        const forgetSignal = onAbort(signal, () => asked.done(signal?.reason));
        const forget = () => {
            stop();
            forgetSignal();
            return this.#asked.delete(seq);
        };
        /** @type {Asked} */
        const asked = {
            cmd,
            text,
            rank,
            isSent: false,
            sent: () => {
                asked.isSent = true;
                stop = rank === SUBSCRIBE ? limit() : stop;
            },
            done: (error, reply) => forget() && done(error, reply),
        };
        this.#asked.set(seq, asked);
        if (rank === REQUEST && this.#state === 'closed') {
            fail('there is no connection');
        } else {
            this.#pump();
        }
        return forget;
    }

    /** Answers come in order: one that comes after the answer to a later question never comes. */
    #lookPast(/** @type {Asked} */ asked) {
        if (this.#late.push(asked) === 1) {
            this.#look();
        }
    }

    #look() {
        const count = this.#late.length;
        /** @type {Done} */
        const done = (error) => {
            const late = this.#late.splice(0, error ? Infinity : count);
            late.forEach((asked) => error || asked.done(new RequestError(0, 'it took too long')));
            if (this.#late.length > 0) {
                this.#look();
            }
        };
        this.#ask('heartbeat', {}, done, { timeoutMs: Infinity });
    }

    /** Sends what waits, as fast as the server takes it. */
    #pump() {
        this.#stopPump();
        for (const rank of [AT_ONCE, REQUEST, SUBSCRIBE]) {
            for (const asked of this.#asked.values()) {
                const isNow = rank !== REQUEST || this.#state === 'connected';
                if (asked.isSent || asked.rank !== rank || !isNow) {
                    continue;
                }
                const waitMs = this.#debtMs();
                if (waitMs > 0 && rank !== AT_ONCE) {
                    this.#stopPump = timer(waitMs, () => this.#pump(), this.#turn);
                    return;
                }
                if (!this.#send(asked)) {
                    return;
                }
            }
        }
    }

    /** How long until one more may be sent, if it keeps a bit below what is allowed. */
    #debtMs(isSent = false) {
        const { commandsPerSecond, commandBurst } = this.#limits;
        const eachMs = commandsPerSecond > 0 ? 1100 / commandsPerSecond : 0;
        const now = performance.now();
        const spent = Math.max(0, this.#spent - (now - this.#spentAtMs) / eachMs || 0) + 1;
        if (isSent) {
            this.#spent = spent;
            this.#spentAtMs = now;
        }
        return (spent - Math.max(1, 0.9 * commandBurst)) * eachMs;
    }

    /** @type {(asked: Asked) => boolean} whether more can be sent */
    #send(asked) {
        const { messageBytes } = this.#limits;
        const size = messageBytes > 0 ? new TextEncoder().encode(asked.text).length : 0;
        if (size > messageBytes) {
            asked.done(tooBig(size, `${messageBytes}`));
            return true;
        }
        if (!this.#connection.send(asked.text)) {
            return false;
        }
        this.#debtMs(true);
        asked.sent();
        return true;
    }

    /** Connects when something is first wanted of it. */
    #begin() {
        if (!this.#hasBegun) {
            this.connect();
        }
    }

    /** @type {(change: Api.StateChange, turn: AbortSignal) => void} */
    #follow(change, turn) {
        const { state, code, reason } = change;
        this.#turn = turn;
        if (state === 'connected') {
            this.#logIn(turn);
            return;
        }
        const isClosed = state === 'closed';
        const isOwn = isClosed && code === 1000 && !this.#refusal;
        if (state === 'connecting') {
            this.#refusal = null;
        }
        if (code === TOKEN_EXPIRED) {
            this.#token = null;
        }
        const { code: refused = 0, message = '' } = this.#refusal ?? {};
        const why = refused ? codeSentence(refused, message) : closeSentence(code, reason);
        const sentence = isOwn || state === 'connecting' ? '' : why;
        this.#ending = isOwn ? null : new RequestError(refused || code, sentence);
        this.#state = state;
        this.#spent = 0;
        this.#links.forEach((link) => link.lost(isClosed ? this.#ending : undefined));
        this.#asked.forEach((asked) => {
            if (asked.isSent || isClosed || asked.rank !== REQUEST) {
                asked.done(new RequestError(0, 'the connection was lost'));
            }
        });
        if (isClosed) {
            this.#forgetSignal();
        }
        tell(this, 'state', { ...change, sentence, refused });
    }

    /** What was too big for the server is not sent again, so the rest may come back. */
    #isFinal(/** @type {number} */ code) {
        const sent = [...this.#asked.values()].filter(
            ({ isSent, cmd }) => code === TOO_BIG && isSent && cmd !== 'heartbeat',
        );
        sent.sort((one, other) => other.text.length - one.text.length);
        sent[0]?.done(tooBig(new TextEncoder().encode(sent[0].text).length, 'less'));
        return sent.length === 0 && isFinalCode(code);
    }

    /** Logs in and subscribes to everything again, all in one go. */
    #logIn(/** @type {AbortSignal} */ turn) {
        const { user, room, token = '', getToken, pingSeconds = 25 } = this.#options;
        if (user === undefined && !token && !getToken) {
            this.#letIn(turn); // for commands that need no login
            return;
        }
        const serviceToken = getToken ? this.#token : token;
        const login = { userID: user, appID: room, serviceToken, pingSeconds };
        this.#ask('login', login, (error, reply) => {
            if (!error) {
                this.#letIn(turn, reply?.limits);
            } else if (!turn.aborted) {
                this.#refused(error);
            }
        });
        this.#restore(turn);
    }

    /** @type {(turn: AbortSignal, limits?: object) => void} */
    #letIn(turn, limits) {
        this.#limits = { ...LIMITS, ...limits };
        this.#isTokenNew = false;
        this.#heardAtMs = performance.now();
        this.#state = 'connected';
        this.#connection.isGood();
        this.#watch(turn);
        this.#refreshInTime(turn);
        const detail = { state: this.#state, code: 0, reason: '', attempt: 0, delayMs: 0 };
        tell(this, 'state', { ...detail, sentence: '', refused: 0 });
        this.#restore(turn); // those that came during the login
        this.#pump();
    }

    #restore(/** @type {AbortSignal} */ turn) {
        this.#links.forEach((link) => turn.aborted || link.restore());
    }

    /** @type {(error: Partial<Api.RequestError>) => void} */
    #refused({ code = BAD_PARAMETER, message = '' }) {
        const isOld = this.#options.getToken && !this.#isTokenNew;
        this.#refusal = code === 0 ? null : new RequestError(code, message);
        if (code === NOT_AUTHORIZED) {
            this.#token = null;
        }
        if ([0, SERVER_ERROR, OPERATION_FAILED].includes(code) || (code === NOT_AUTHORIZED && isOld)) {
            this.drop('no answer to the login'); // or one that may well be another the next time
        } else {
            this.#connection.close();
        }
    }

    /** Brings a token, unless there is one that is still good. */
    #prepare(/** @type {AbortSignal} */ turn) {
        const { getToken } = this.#options;
        const isGood = this.#token !== null && performance.now() < this.#tokenEndsMs;
        return getToken && !isGood ? this.#renew(turn, getToken) : undefined;
    }

    /** @type {(turn: AbortSignal, getToken: NonNullable<Api.HeddleOptions['getToken']>) => Promise<void>} */
    async #renew(turn, getToken) {
        const token = await new Promise((resolve, reject) => {
            const limitMs = time(this.#options.tokenTimeoutMs, 20_000);
            const stop = timer(limitMs, () => reject(new Error('it took too long')), turn);
            onAbort(turn, () => reject(turn.reason));
            const asked = (async () => getToken({ signal: turn }))();
            asked.then(resolve, reject).finally(stop);
        });
        turn.throwIfAborted();
        this.#token = `${token}`;
        this.#isTokenNew = true;
        // `iat` is in seconds.
        this.#tokenEndsMs = performance.now() + 0.8 * lifetimeMs(this.#token) - 1000;
    }

    /** Brings a new token before the old one ends, by its own lifetime: no clock need be right. */
    #refreshInTime(/** @type {AbortSignal} */ turn) {
        const { getToken } = this.#options;
        if (!getToken || this.#tokenEndsMs === Infinity) {
            return;
        }
        const refresh = async () => {
            try {
                await this.#renew(turn, getToken);
                const serviceToken = this.#token;
                await this.request('refresh', { serviceToken }, { signal: turn });
                this.#isTokenNew = false;
            } catch (error) {
                if (turn.aborted) {
                    return;
                }
                this.#token = null;
                this.#tokenEndsMs = performance.now() + 5000 + backoffMs(0, { baseDelayMs: 5000 });
                tell(this, 'error', error);
            }
            this.#refreshInTime(turn);
        };
        timer(Math.max(1000, this.#tokenEndsMs - performance.now()), refresh, turn);
    }

    /** Looks after a connection: whether it is silent, and whether this client was asleep. */
    #watch(/** @type {AbortSignal} */ turn) {
        const everyMs = Math.min(WATCH_MS, Math.max(100, this.#silenceMs));
        let lookedAtMs = Date.now();
        const watch = setInterval(() => {
            const hasSlept = Date.now() - lookedAtMs > everyMs + WATCH_MS;
            lookedAtMs = Date.now();
            if (hasSlept || performance.now() - this.#heardAtMs >= this.#silenceMs) {
                this.#prove();
            }
        }, everyMs);
        onAbort(turn, () => clearInterval(watch));
    }

    /** Something has happened after which the connection may be dead. */
    #wake(/** @type {boolean} */ isBack) {
        if (this.#state === 'connected') {
            this.#prove();
        } else if (isBack) {
            this.drop('the login was given up');
            this.connect();
        }
    }

    /** Asks for life, and gives up a connection that has none, or has forgotten who this is. */
    #prove() {
        if (this.#state !== 'connected' || this.#isProving) {
            return;
        }
        this.#isProving = true;
        const turn = this.#turn;
        const askedAtMs = performance.now();
        // Of an answer that is long on the way nothing is heard until all of it is here.
        const isBusy = [...this.#asked.values()].some(({ rank, isSent }) => rank === SUBSCRIBE && isSent);
        const proofMs = Math.min(PROOF_MS, this.#timeoutMs);
        const timeoutMs = isBusy ? Math.max(proofMs, this.#silenceMs) : proofMs;
        /** @type {Done} */
        const done = (error) => {
            this.#isProving = false;
            const isSilent = error?.code !== 0 || this.#heardAtMs <= askedAtMs;
            if (error && isSilent && !turn.aborted) {
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
        const turn = this.#turn;
        const { cmd, response: { data } } = envelope;
        const channel = data?.channel;
        if (cmd === 'keepalive') {
            // It has just shown life. Only whether it knows who this is may be asked.
            const done = (/** @type {any} */ error) =>
                error?.code > 0 && !turn.aborted && this.drop(error.message);
            this.#ask('heartbeat', {}, done);
        } else if (cmd === 'subscribed' && typeof channel === 'string' && !this.#links.has(channel)) {
            tell(this, 'subscription', this.#link(channel, {}));
        }
        if (!turn.aborted) {
            this.#links.get(channel)?.receive(cmd, data);
        }
        if (!turn.aborted) {
            tell(this, 'push', envelope);
        }
    }

    /** @type {(channel: string, options: Api.SubscribeOptions) => any} a `Subscription` */
    #link(channel, options) {
        /** @type {any} */
        const link = {
            /** @type {Link['ask']} */
            ask: (cmd, data, done) =>
                this.#ask(cmd, data, done, { rank: cmd === 'subscribe' ? SUBSCRIBE : AT_ONCE }),
            forget: () => this.#links.delete(channel),
        };
        this.#links.set(channel, link);
        return new Subscription(channel, options, link);
    }
}

/**
 * Who reads with `next`: what has come and was not read, who waits for it, and why no more comes.
 *
 * @typedef {{ resolve: (result: IteratorResult<Api.Publication, any>) => void,
 *     reject: (error: unknown) => void }} Waiting
 * @typedef {{ queue: Api.Publication[], waiting: Waiting[], ending: { error: Error | null } | null }} Reader
 */

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
    /** Whether only a part has come of what there is to begin with. */
    #isInParts = false;
    #attempt = 0;
    #takeBack = () => {};
    #stopRetry = () => {};
    /** @type {Set<Reader>} */
    #readers = new Set();
    /** @type {Reader['ending']} why no more will come */
    #ending = null;
    #forgetSignal = () => {};

    /**
     * @param {string} channel
     * @param {Api.SubscribeOptions} options
     * @param {Link} link
     */
    constructor(channel, options, link) {
        super();
        this.channel = channel;
        const { recover, onPublication } = options;
        this.#options = options;
        this.#position = typeof recover === 'object' ? recover : null;
        this.#link = link;
        link.restore = () => this.#restore();
        link.lost = (error) => {
            this.#stop();
            this.#isInParts = false;
            if (error !== undefined) {
                this.#forgetSignal();
                this.#finish(error);
            }
        };
        link.receive = (cmd, data) => this.#receive(cmd, data);
        if (onPublication) {
            const give = (/** @type {any} */ event) => onPublication(event.detail, /** @type {any} */ (this));
            this.addEventListener('publication', give);
        }
        this.#heedSignal();
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

    /** @returns {any} an `AsyncGenerator`, but for `return`, which ends a `next` that waits */
    [Symbol.asyncIterator]() {
        /** @type {Reader} */
        const reader = { queue: [], waiting: [], ending: null };
        let hasBegun = false;
        const end = () => {
            hasBegun = true;
            reader.queue = [];
            reader.ending = { error: null };
            this.#serve(reader);
        };
        return {
            next: () =>
                new Promise((resolve, reject) => {
                    if (!hasBegun) {
                        hasBegun = true;
                        this.#readers.add(reader);
                    }
                    reader.waiting.push({ resolve, reject });
                    this.#serve(reader);
                }),
            return: async (/** @type {unknown} */ value) => {
                end();
                return { value: await value, done: true };
            },
            throw: async (/** @type {unknown} */ error) => {
                end();
                throw error;
            },
            async [/** @type {any} */ (Symbol).asyncDispose ?? 'dispose']() {
                end();
            },
            [Symbol.asyncIterator]() {
                return this;
            },
        };
    }

    /** Gives what there is to who waits for it. An error is told once. */
    #serve(/** @type {Reader} */ reader) {
        const ending = reader.ending ?? this.#ending;
        if (ending && reader.queue.length === 0) {
            this.#readers.delete(reader);
        }
        while (reader.waiting.length > 0 && (reader.queue.length > 0 || ending)) {
            const { resolve, reject } = /** @type {Waiting} */ (reader.waiting.shift());
            const value = reader.queue.shift();
            if (value) {
                resolve({ value, done: false });
                continue;
            }
            const error = reader.ending ? reader.ending.error : ending?.error;
            reader.ending = { error: null };
            error ? reject(error) : resolve({ value: undefined, done: true });
        }
    }

    #restore() {
        this.#ending = null;
        this.#heedSignal();
        if (this.#state !== 'unsubscribed' && !this.#isAsking) {
            this.#ask();
        }
    }

    #heedSignal() {
        this.#forgetSignal();
        this.#forgetSignal = onAbort(this.#options.signal, () => this.unsubscribe());
    }

    #stop() {
        this.#stopRetry();
        this.#takeBack();
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
        const from = recover || this.#isInParts ? this.#position : null;
        const limit = from || (rewind && !this.#position) ? PORTION : undefined;
        const more = from ? { recover: from } : this.#position ? {} : { rewind };
        const data = { channel: this.channel, ...more, limit };
        this.#takeBack = this.#link.ask('subscribe', data, (error, reply) => {
            if (turn === this.#turn) {
                this.#isAsking = false;
                error ? this.#failed(error) : this.#begin(reply);
            }
        });
    }

    /** @type {(reply: any) => void} */
    #begin({ epoch, offset, recovered = null, publications = [], more = false }) {
        const turn = this.#turn;
        const isSame = this.#position?.epoch === epoch;
        const after = isSame ? (this.#position?.offset ?? 0) : 0;
        const goesOn = this.#isInParts && recovered;
        this.#isInParts = more;
        this.#state = more ? 'subscribing' : 'subscribed';
        this.#position = recovered ? this.#position : { epoch, offset: after };
        if (!goesOn) {
            tell(this, 'subscribed', { epoch, offset, recovered });
        }
        for (const publication of publications) {
            if (turn === this.#turn && publication.offset > after) {
                this.#deliver({ channel: this.channel, epoch, ...publication });
            }
        }
        if (turn !== this.#turn) {
            return; // A listener has ended it.
        }
        this.#position = { epoch, offset };
        if (!more) {
            this.#attempt = 0;
            tell(this, 'caughtUp', this.#position);
        } else if (isSame && offset <= after) {
            this.#askLater();
        } else {
            this.#ask();
        }
    }

    /** @type {(error: any) => void} */
    #failed(error) {
        const turn = this.#turn;
        const { code = BAD_PARAMETER, message } = error;
        tell(this, 'error', error);
        if (turn !== this.#turn) {
            return; // A listener has decided.
        }
        if (code === 0 || code === SERVER_ERROR) {
            this.#askLater();
        } else {
            this.#end({ code, reason: message, resubscribe: false }, error);
        }
    }

    #askLater() {
        this.#stopRetry = timer(backoffMs(this.#attempt++), () => this.#ask());
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
            const turn = this.#turn;
            tell(this, 'unsubscribed', { code: 0, ...data });
            if (turn === this.#turn) {
                this.#askLater();
            }
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
                reader.ending = { error: new RangeError(`more than ${READER_MAX} publications wait`) };
                this.#readers.delete(reader);
            }
            this.#serve(reader);
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
        this.#readers.forEach((reader) => this.#serve(reader));
    }
}

/** @type {[EventTarget, Event][]} */
const events = [];

/** Fires an event after those that are being heard, so that all hear all in the same order. */
function emit(/** @type {EventTarget} */ target, /** @type {Event} */ event) {
    if (events.push([target, event]) > 1) {
        return;
    }
    for (; events.length > 0; events.shift()) {
        events[0][0].dispatchEvent(events[0][1]);
    }
}

/** @type {(target: EventTarget, type: string, detail: unknown) => void} */
export function tell(target, type, detail) {
    emit(target, new CustomEvent(type, { detail }));
}

/**
 * What aborts, or has aborted, does something.
 *
 * @type {(signal: AbortSignal | undefined, action: () => void) => () => void} the result ends it
 */
function onAbort(signal, action) {
    if (signal?.aborted) {
        action();
    } else {
        signal?.addEventListener('abort', action, { once: true });
    }
    return () => signal?.removeEventListener('abort', action);
}

/** What is no time at all counts as not given. @type {(ms: number | undefined, usual: number) => number} */
function time(ms, usual) {
    return ms !== undefined && ms >= 0 ? ms : usual;
}

/**
 * A timer for any time, also one that is longer than a timer of the platform can be. A sleep does
 * not use it up: what has come meanwhile gets its turn first.
 *
 * @type {(ms: number, action: () => void, signal?: AbortSignal) => () => void} the result ends it
 */
function timer(ms, action, signal) {
    const dueMs = performance.now() + ms;
    let graceMs = Math.min(ms, 1000);
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    let id;
    const set = (/** @type {number} */ leftMs) => (id = setTimeout(look, Math.min(leftMs, 2 ** 31 - 1)));
    const look = () => {
        const lateMs = performance.now() - dueMs;
        if (lateMs < -2) {
            set(-lateMs);
        } else if (lateMs > 1000 && graceMs > 0) {
            set(graceMs);
            graceMs = 0;
        } else {
            forget();
            action();
        }
    };
    const stop = () => clearTimeout(id);
    set(ms);
    const forget = onAbort(signal, stop);
    return () => {
        stop();
        forget();
    };
}

/** @type {(size: number, most: string) => RequestError} */
function tooBig(size, most) {
    return new RequestError(BAD_PARAMETER, `it has ${size} bytes, and the server takes ${most}`);
}

/** A value as JSON, which not every value has. */
function json(/** @type {unknown} */ value) {
    const text = JSON.stringify(value);
    if (text === undefined) {
        throw new TypeError(`${typeof value} is no JSON`);
    }
    return text;
}

/** An error as text, whatever was thrown. */
function words(/** @type {unknown} */ error) {
    try {
        return String(error);
    } catch {
        return 'an unknown error';
    }
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

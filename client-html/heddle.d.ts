/** Heddle's client: channels, users and rooms at `/acc`, and the plain connection to `/ws`. */

export {};

/** A JSON value that the server passes through untouched. */
export type Json = any;

/**
 * `waiting`: the connection has ended, and the next try comes by itself. `closed`: there is no
 * next try, because `close()` was called or because the same would happen again.
 */
export type ConnectionState = 'connecting' | 'connected' | 'waiting' | 'closed';

/** The details of a `state` event of a `HeddleConnection`. */
export interface StateChange {
    state: ConnectionState;
    /** In `waiting` and `closed`: why the connection ended; otherwise 0. */
    code: number;
    /** The server's reason with that code, often empty. */
    reason: string;
    /** How many tries have failed since the last steady connection. */
    attempt: number;
    /** In `waiting`: how long until the next try; otherwise 0. */
    delayMs: number;
}

/** The details of a `state` event of a `Heddle`. Its `connected` means: logged in. */
export interface ClientStateChange extends StateChange {
    /** Why it is `waiting` or `closed`, in one line of words for people; otherwise empty. */
    sentence: string;
    /** The code with which the login was refused, if it was; otherwise 0. */
    refused: number;
}

export interface ConnectionOptions {
    /** Upper bound of the first wait: 500. */
    baseDelayMs?: number;
    /** Upper bound of every wait: 30,000. */
    maxDelayMs?: number;
    /** How long a WebSocket may take to open: 15,000. */
    openTimeoutMs?: number;
    /** A number from 0 to below 1. */
    random?: () => number;
}

export interface HeddleOptions extends ConnectionOptions {
    /** The name to log in with. With a token it may be left out: the token names its user. */
    user?: string;
    /** The number of a room to be in. */
    room?: number;
    /** Shows that one is that user. When it has expired, the login is refused. */
    token?: string;
    /**
     * Brings a token, before there is a WebSocket: for the first login, before the token that there
     * is ends, and when one was refused or has expired. It is kept until then. What it throws counts
     * as a failed try, and the next try asks anew. The signal ends with the try or the connection
     * that the token is for.
     */
    getToken?: (options: { signal: AbortSignal }) => string | Promise<string>;
    /** How long `getToken` may take: 20,000. */
    tokenTimeoutMs?: number;
    /** How often the server shows life: 25, from 5 to 3,600. */
    pingSeconds?: number;
    /** After how much silence the client asks for life: `pingSeconds` and 5 s. */
    silenceMs?: number;
    /** How long a reply may take, where nothing else is said: 10,000. */
    timeoutMs?: number;
    /** Closes the client. Once it is aborted, `connect()` does nothing. */
    signal?: AbortSignal;
}

export interface RequestOptions {
    /** Ends the waiting; the promise fails with its reason. The server may act all the same. */
    signal?: AbortSignal;
    timeoutMs?: number;
}

/** A place in a channel. Offsets grow by one; another epoch counts from the beginning. */
export interface Position {
    epoch: string;
    offset: number;
}

export interface Publication extends Position {
    channel: string;
    data: Json;
    /** The user who published it, unless a service did. */
    from?: string;
    /** Its publisher's name for it. */
    id?: string;
}

export interface SubscribeOptions {
    /** Called with each publication, in order. */
    onPublication?: (publication: Publication, subscription: Subscription) => void;
    /**
     * Whether to ask for what was missed when the connection comes back: `true`. Or a position
     * that was kept from an earlier time, after which to begin.
     */
    recover?: boolean | Position;
    /** How many of the last publications to begin with: 0. */
    rewind?: number;
    /** Unsubscribes. */
    signal?: AbortSignal;
}

export interface Client {
    userID: string;
    connectionId: string;
    info?: Json;
}

/** A message of the server: a reply, or a push. */
export interface Envelope {
    seq: string;
    cmd: string;
    response: { code: number; codeMsg: string; data: any };
}

/** A close code in words, with the server's own reason and the number. */
export function closeSentence(code: number, reason?: string): string;

/** A refusal in words, with its number. */
export function codeSentence(code: number, text: string): string;

/** Whether a close code means: do not come back. Of Heddle's own those from 4500 on do. */
export function isFinalCode(code: number): boolean;

/**
 * Exponential back-off with full jitter: anything from nothing to a bound that doubles with each
 * failed try, so that the clients of a restarted server do not all come back in the same moment.
 *
 * @param attempt failed tries before this one
 * @returns milliseconds to wait
 */
export function backoffMs(attempt: number, options?: ConnectionOptions): number;

/** A request that was refused, or that had no answer. */
export class RequestError extends Error {
    constructor(code: number, message: string);
    /** The server's, or 0 when it did not answer: then nobody knows whether it did as asked. */
    code: number;
}

/**
 * Fires a `CustomEvent`. While another event is being heard it waits, so that all listeners hear all
 * events in the same order, whatever a listener does.
 */
export function tell(target: EventTarget, type: string, detail: unknown): void;

/** Events by name, each with its `detail`. This class is a type only. */
declare class Events<Details> extends EventTarget {
    addEventListener<Name extends keyof Details & string>(
        type: Name,
        listener: (event: CustomEvent<Details[Name]>) => void,
        options?: AddEventListenerOptions | boolean,
    ): void;
    addEventListener(
        type: string,
        listener: EventListenerOrEventListenerObject | null,
        options?: AddEventListenerOptions | boolean,
    ): void;
}

/**
 * A WebSocket that comes back by itself, for any endpoint. Fires `state`
 * (`CustomEvent<StateChange>`), `message` (a `MessageEvent`; binary data is an `ArrayBuffer`) in
 * the server's order, and `wake` when it should be seen whether the connection is still good.
 */
export class HeddleConnection extends Events<{ state: StateChange; wake: null }> {
    /** @param url read anew for each try: the query of a `URL` may get another token for `/ws` */
    constructor(url: string | URL, options?: ConnectionOptions);
    readonly state: ConnectionState;
    /** Connects, or tries at once when it is waiting. Otherwise it does nothing. */
    connect(): void;
    /** @returns whether it was taken: never while the connection is not `connected` */
    send(data: string | ArrayBuffer | ArrayBufferView<ArrayBuffer> | Blob): boolean;
    /**
     * Closes for good; only `connect()` opens it again.
     *
     * @param code 1000, or 3000 to 4999
     * @param reason at most 123 bytes of UTF-8
     */
    close(code?: number, reason?: string): void;
    /** Gives up the connection that there is, and comes back as if it had been lost. */
    drop(reason: string): void;
}

/** The events of `Heddle`. */
export interface HeddleEvents {
    state: ClientStateChange;
    /**
     * A subscription that the server has begun by itself. Listen to it at once. When the connection
     * comes back, this client asks for it, like for any other.
     */
    subscription: Subscription;
    /** Anything that the server sent unasked. */
    push: Envelope;
    /** A token that could not be renewed in time; it is tried again. */
    error: Error;
}

/**
 * A user of the server, over one connection that comes back, logs in and subscribes again by
 * itself. It connects when something is first wanted of it. Without user and token it does not log
 * in: then only commands that need no login are answered.
 */
export class Heddle extends Events<HeddleEvents> {
    /** @param url of `/acc`: `ws:` or `wss:` */
    constructor(url: string | URL, options?: HeddleOptions);
    readonly state: ConnectionState;
    /** Connects, or tries at once when it is waiting. Subscriptions go on where they were. */
    connect(): void;
    /** Closes for good; only `connect()` comes back. */
    close(): void;
    /** Gives up the connection that there is, and comes back as if it had been lost. */
    drop(reason: string): void;

    /**
     * Subscribes to a channel, now and after every return. A channel can have one subscription.
     *
     * @throws Error when it has one, or the signal's reason when that is aborted
     */
    subscribe(channel: string, options?: SubscribeOptions): Subscription;

    /**
     * Publishes once, though the connection be lost meanwhile: what had no answer is sent again,
     * under the same id. Only a server that has started anew does not know the id.
     *
     * @returns where it is in the channel
     * @throws RequestError 1001 if it is bigger than the server takes; TypeError if it is no JSON
     */
    publish(
        channel: string,
        data: Json,
        options?: RequestOptions & { id?: string },
    ): Promise<Position & { channel: string }>;

    /**
     * The publications after a position, or the last ones; oldest first. Many come in several
     * replies, and the promise has all of them: those that there were when the first was made.
     *
     * @param options with at most so many: 100; `timeoutMs` is for each reply
     * @returns the channel's position then, and the publications
     * @throws RequestError 1005 if the history does not reach back to the position, or loses
     *     publications before they have come
     */
    history(
        channel: string,
        options?: RequestOptions & { since?: Position; limit?: number },
    ): Promise<Position & { channel: string; publications: Omit<Publication, 'channel' | 'epoch'>[] }>;

    /** The subscribers, each connection of each user. @throws RequestError */
    presence(channel: string, options?: RequestOptions): Promise<Client[]>;

    /** How many are. @throws RequestError */
    presenceStats(
        channel: string,
        options?: RequestOptions,
    ): Promise<{ channel: string; connections: number; users: number }>;

    /**
     * Sends any command and waits for its reply, and for the connection if there is none yet; and
     * for its turn, when more is asked than the server takes from one connection.
     *
     * @returns `data` of a reply that says that it went well
     * @throws RequestError, or the signal's reason; TypeError if it is no JSON
     */
    request(cmd: string, data?: object, options?: RequestOptions): Promise<any>;
}

/** The events of a `Subscription`. */
export interface SubscriptionEvents {
    publication: Publication;
    /**
     * It has begun, or goes on. `recovered` is `null` when there was nothing to go on from; `true`:
     * all missed publications come next, each once; `false`: they are lost.
     * Much of it comes in parts; when a later part is gone meanwhile, `subscribed` comes once more,
     * with `false`.
     */
    subscribed: Position & { recovered: boolean | null };
    /** All that there was to begin with, or that was missed, has been delivered. */
    caughtUp: Position;
    /** It is over, unless `resubscribe`: then it goes on by itself. */
    unsubscribed: { channel: string; code: number; reason: string; resubscribe: boolean };
    /** The server refused to subscribe; with code 0 or 1004 it is tried again. */
    error: RequestError;
    join: { channel: string; userID: string; info?: Json };
    leave: { channel: string; userID: string; info?: Json };
}

/**
 * The publications of one channel: by events, and by `for await`. The latter begins with what comes
 * after it, fails when the server refuses to go on or when 10,000 publications wait for it, and
 * ends with the subscription or when the client is closed. Leaving the loop does not unsubscribe.
 */
export class Subscription extends Events<SubscriptionEvents> implements AsyncIterable<Publication> {
    private constructor();
    readonly channel: string;
    readonly state: 'subscribing' | 'subscribed' | 'unsubscribed';
    /** After the last publication that was delivered; `null` until it has begun. */
    readonly position: Position | null;
    unsubscribe(): void;
    [Symbol.asyncIterator](): AsyncGenerator<Publication, void, void>;
}

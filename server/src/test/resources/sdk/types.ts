// Compiled by a test, never run. First what a user of the types writes, then that heddle.js is what
// heddle.d.ts says: `implementation.js` is a copy of it, which that file does not speak for.

import * as declared from './heddle.js';
import * as implemented from './implementation.js';

const { Heddle, RequestError } = declared;

export async function use(url: URL, signal: AbortSignal): Promise<void> {
    const heddle = new Heddle(url, { getToken: async ({ signal }) => `${signal.aborted}`, signal });
    heddle.addEventListener('state', ({ detail }) => {
        const state: 'connecting' | 'connected' | 'waiting' | 'closed' = detail.state;
        console.log(state, detail.sentence.length);
    });
    const news = heddle.subscribe('news', { recover: { epoch: 'e', offset: 1 }, rewind: 3, signal });
    news.addEventListener('subscribed', ({ detail }) => detail.recovered === null);
    // @ts-expect-error there is no such property
    news.addEventListener('subscribed', ({ detail }) => detail.nonsense);
    for await (const { offset, from } of news) {
        console.log(offset.toFixed(), from?.length);
    }
    const { epoch } = await heddle.publish('news', { any: 'thing' }, { id: '1', timeoutMs: 5, signal });
    const { publications } = await heddle.history('news', { since: { epoch, offset: 0 }, limit: 9 });
    const present = await heddle.presence('news', { signal });
    const { users } = await heddle.presenceStats('news');
    console.log(publications[0]?.data, present[0]?.userID, users.toFixed());
    await heddle.request('members').catch((error) => error instanceof RequestError && error.code);
    // @ts-expect-error a subscription is made by its client
    new declared.Subscription();
}

/** What classes share with `EventTarget` is typed more narrowly than it is implemented. */
type Own<Class extends abstract new (...args: any) => any> = Omit<
    InstanceType<Class>,
    'addEventListener' | 'subscribe'
>;
type Subscribing = Parameters<declared.Heddle['subscribe']>;

const heddle: Own<typeof declared.Heddle> = null as unknown as implemented.Heddle;
const connection: Own<typeof declared.HeddleConnection> = null as unknown as implemented.HeddleConnection;
const error: declared.RequestError = null as unknown as implemented.RequestError;
const iterable: AsyncIterable<declared.Publication> = null as unknown as implemented.Subscription;
const position: declared.Subscription['position'] = (null as unknown as implemented.Subscription).position;
const state: declared.Subscription['state'] = (null as unknown as implemented.Subscription).state;
const subscribe: (...args: Subscribing) => unknown = (null as unknown as implemented.Heddle).subscribe;
const functions: Pick<
    typeof declared,
    'backoffMs' | 'closeSentence' | 'codeSentence' | 'isFinalCode'
> = implemented;
const names: Record<keyof typeof declared, unknown> = implemented;
const rest: Record<keyof typeof implemented, unknown> = declared;

export const agreed = [
    heddle,
    connection,
    error,
    iterable,
    position,
    state,
    subscribe,
    functions,
    names,
    rest,
];

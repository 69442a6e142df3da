// What every scenario begins with: `open` makes a client that goes through the proxy, `listen` a
// subscription of it, and both write down what happens. Words in capitals are put in by the test.

globalThis.CHANNEL = 'CHANNEL';
globalThis.sdk = await import(MODULE);
globalThis.address = URL;
globalThis.states = [];
globalThis.failures = [];

globalThis.open = (options = {}) => {
    const times = { baseDelayMs: 20, maxDelayMs: 200, openTimeoutMs: 1000, timeoutMs: 5000 };
    globalThis.heddle = new sdk.Heddle(URL, { user: 'Ada', ...times, ...options });
    heddle.addEventListener('state', ({ detail }) => states.push(detail));
    heddle.addEventListener('error', ({ detail }) => failures.push(detail.message));
    return heddle;
};

globalThis.names = () => states.map(({ state }) => state).join(' ');

globalThis.listen = (channel, options = {}) => {
    const log = { got: [], read: [], begun: [], errors: [], ended: [] };
    const onPublication = ({ data }) => log.got.push(data);
    log.subscription = heddle.subscribe(channel, { ...options, onPublication });
    const on = (type, list, take) =>
        log.subscription.addEventListener(type, ({ detail }) => list.push(take(detail)));
    on('subscribed', log.begun, ({ recovered }) => recovered);
    on('error', log.errors, ({ code }) => code);
    on('unsubscribed', log.ended, ({ code }) => code);
    (async () => {
        try {
            for await (const { data } of log.subscription) {
                log.read.push(data);
            }
            log.read.push('end');
        } catch (error) {
            log.read.push(`failed ${error.code}`);
        }
    })();
    return (globalThis.log = log);
};

/** A token of HS256, made when the clock was still right. */
globalThis.clock = Date.now;
globalThis.makeToken = async (claims, seconds) => {
    const text = (bytes) => btoa(String.fromCharCode(...new Uint8Array(bytes)));
    const encode = (bytes) =>
        text(bytes).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
    const utf8 = (value) => new TextEncoder().encode(value);
    const now = Math.floor(clock() / 1000);
    const parts = [{ alg: 'HS256' }, { iat: now, exp: now + seconds, ...claims }];
    const content = parts.map((part) => encode(utf8(JSON.stringify(part)))).join('.');
    const hmac = { name: 'HMAC', hash: 'SHA-256' };
    const key = await crypto.subtle.importKey('raw', utf8(SECRET), hmac, false, ['sign']);
    return `${content}.${encode(await crypto.subtle.sign('HMAC', key, utf8(content)))}`;
};

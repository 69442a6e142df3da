// Collects what a live server answers and tells; `typed` writes it as TypeScript that says which type
// each has, so that a compiler compares them. Literals may have no property that is not declared.

globalThis.told = {};
const keep = (name, type, value) => (told[name] = `const ${name}: ${type} = ${JSON.stringify(value)};`);
globalThis.typed = () => `${Object.values(told).join('\n')}\nexport { ${Object.keys(told).join(', ')} };`;

const client = open();
client.addEventListener('state', ({ detail }) => keep('state', 'declared.ClientStateChange', detail));
client.addEventListener('push', ({ detail }) => keep(detail.cmd + 'Push', 'declared.Envelope', detail));
client.addEventListener('subscription', ({ detail }) => {
    keep('subscription', 'declared.Subscription["channel"]', detail.channel);
    detail.addEventListener('unsubscribed', ({ detail }) =>
        keep('unsubscribed', 'declared.SubscriptionEvents["unsubscribed"]', detail));
});
const subscription = client.subscribe('t:1');
for (const name of ['publication', 'subscribed', 'caughtUp', 'join', 'leave']) {
    subscription.addEventListener(name, ({ detail }) =>
        keep(name, `declared.SubscriptionEvents["${name}"]`, detail));
}
await new Promise((resolve) => subscription.addEventListener('caughtUp', resolve));
const other = new sdk.Heddle(address, { user: 'Bob' });
const theirs = other.subscribe('t:1');
await new Promise((resolve) => theirs.addEventListener('caughtUp', resolve));
const of = (name) => `Awaited<ReturnType<declared.Heddle["${name}"]>>`;
keep('published', of('publish'), await client.publish('t:1', { any: 1 }, { id: 'one' }));
keep('history', of('history'), await client.history('t:1'));
keep('presence', of('presence'), await client.presence('t:1'));
keep('stats', of('presenceStats'), await client.presenceStats('t:1'));
other.close();

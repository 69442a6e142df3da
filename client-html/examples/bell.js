import { Heddle } from '../heddle.js';

const byId = (id) => document.getElementById(id);
const user = new URLSearchParams(location.search).get('user') || 'alice';
const channel = `user:${user}`;
const heddle = new Heddle(new URL('../acc', location.href.replace('http', 'ws')), { user });
let unseen = 0;

heddle.addEventListener('state', ({ detail: { state, sentence } }) => {
    byId('line').textContent = state === 'connected' ? 'Listening.' : sentence || 'Connecting …';
});
byId('me').textContent = user;
const quoted = (text) => `'${text.replaceAll("'", "'\\''")}'`; // one word for a shell
const { api } = byId('how').dataset; // the server puts its own address in
byId('how').textContent =
    `curl --json '{"data":"Your parcel is on its way"}' ` +
    quoted(`${api}/channels/${encodeURIComponent(channel)}/publications`);
byId('bell').addEventListener('click', () => {
    count(0);
    document.querySelectorAll('.new').forEach((item) => item.classList.remove('new'));
});

function count(value) {
    unseen = value;
    byId('count').textContent = unseen;
    document.title = `${unseen > 0 ? `(${unseen}) ` : ''}Bell · Heddle`;
}

for await (const { data } of heddle.subscribe(channel, { rewind: 10 })) {
    const item = document.createElement('li');
    byId('news').prepend(Object.assign(item, { className: 'new', textContent: data }));
    count(unseen + 1);
}

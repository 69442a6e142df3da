import { Heddle, codeSentence } from '../heddle.js';

const byId = (id) => document.getElementById(id);
const user = new URLSearchParams(location.search).get('user') || `guest-${Date.now() % 1e6}`;
const heddle = new Heddle(new URL('../acc', location.href.replace('http', 'ws')), { user });
const room = heddle.subscribe('room:101', { rewind: 50, onPublication: show });
let since = '';

heddle.addEventListener('state', ({ detail: { sentence } }) => {
    if (sentence) {
        since ||= new Date().toLocaleTimeString();
        byId('line').textContent = `Disconnected at ${since}. ${sentence}`;
    }
});
room.addEventListener('subscribed', ({ detail: { recovered } }) => {
    const missed = recovered ? 'No messages were missed.' : 'Messages sent in between are lost.';
    byId('line').textContent = since ? `Connected again, after losing the connection at ${since}. ${missed}` : `You are ${user}.`;
    since = '';
});
room.addEventListener('error', ({ detail }) => (byId('line').textContent = detail.message));
byId('composer').addEventListener('submit', async (event) => {
    event.preventDefault();
    const text = byId('text').value;
    byId('text').value = '';
    try {
        await heddle.publish('room:101', text);
    } catch ({ code, message }) {
        byId('text').value ||= text;
        byId('line').textContent = `Not sent. ${codeSentence(code, message)}`;
    }
});

function show({ data, from = 'the server' }) {
    const who = Object.assign(document.createElement('b'), { textContent: from });
    const entry = byId('log').appendChild(document.createElement('li'));
    entry.className = from === user ? 'own' : '';
    entry.append(who, ` ${data}`);
    entry.scrollIntoView();
}

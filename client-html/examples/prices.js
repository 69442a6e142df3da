import { Heddle } from '../heddle.js';

const byId = (id) => document.getElementById(id);
const user = `guest-${Math.random().toString(36).slice(2, 8)}`;
const heddle = new Heddle(new URL('../acc', location.href.replace('http', 'ws')), { user });

heddle.addEventListener('state', ({ detail: { state, sentence } }) => {
    byId('line').textContent = state === 'connected' ? 'Live.' : sentence || 'Connecting …';
    byId('prices').classList.toggle('old', state !== 'connected');
});

for (const cloth of ['linen', 'cotton', 'silk', 'wool', 'hemp']) {
    const row = byId('prices').insertRow();
    const [name, price, change, at] = [1, 2, 3, 4].map(() => row.insertCell());
    let last;
    name.textContent = cloth;
    price.textContent = '–';
    // Only the present price matters: the last one to begin with, and none of those missed.
    heddle.subscribe(`price:${cloth}`, { rewind: 1, recover: false, onPublication: show });

    function show({ data }) {
        const by = data - (last ?? data);
        last = data;
        price.textContent = data.toFixed(2);
        change.textContent = by ? `${by > 0 ? '▲' : '▼'} ${Math.abs(by).toFixed(2)}` : '';
        change.className = by > 0 ? 'up' : 'down';
        at.textContent = new Date().toLocaleTimeString();
    }
}

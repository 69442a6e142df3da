/** The dashboard: what the server tells every second, and what is asked every few seconds. */
import { ConnectionsTable } from './connections.js';
import { Details } from './details.js';
import { byId, write } from './dom.js';
import { age } from './format.js';
import { History } from './history.js';
import { PLOTS, TILES, measure } from './measures.js';
import { showNodes } from './nodes.js';
import { showPlaces } from './places.js';
import { Plots } from './plots.js';
import { wireRecording } from './recording.js';
import { Samples } from './samples.js';
import { useKey } from './server.js';
import { Stream } from './stream.js';
import { Tail } from './tail.js';
import { Tiles } from './tiles.js';

const SILENCE_MS = 5_000;
const TABLES_MS = 3_000;

const samples = new Samples();
const names = [...TILES.map((tile) => tile.plot ?? tile.name), ...PLOTS.flatMap((plot) => plot.lines.map(([name]) => name))];
const history = new History(new Set(names));
const tiles = new Tiles();
const plots = new Plots();
const details = new Details();
const table = new ConnectionsTable((id) => details.showConnection(id));
const tail = new Tail();
const live = new Stream('debug/live', { onEvent: take, onState: tell }, SILENCE_MS);

function take({ id, data }) {
    const time = id === '' ? Date.now() / 1000 : Number(id) / 1000;
    samples.add(time, JSON.parse(data));
    const measures = measure(samples);
    history.add(time, measures);
    tiles.show(measures, history);
    plots.show(history);
    write(byId('server'), `up ${age((time - samples.now('process_start_time_seconds')) * 1000)}`);
}

function tell(state, error) {
    const wasLive = document.body.dataset.state === 'live';
    document.body.dataset.state = state;
    const needsKey = state === 'refused' && error.status === 401;
    byId('key-form').hidden = !needsKey;
    if (needsKey) {
        byId('key').focus();
        write(byId('key-warning'), byId('key').value === '' ? '' : 'The server does not accept this key.');
    }
    write(byId('state'), words(state, error, needsKey));
    if (state === 'live') {
        document.body.dataset.hasData = '';
        refreshTables();
        tail.open();
    } else if (wasLive && history.times.length > 0) {
        history.add(history.times.at(-1) + 0.5, null);
    }
}

function words(state, error, needsKey) {
    switch (state) {
        case 'live':
            return 'Live';
        case 'connecting':
            return history.times.length === 0 ? 'Connecting' : 'Lost, trying again';
        case 'lost':
            return 'Lost, trying again';
        default:
            return needsKey ? 'Locked' : error.message;
    }
}

/** One round after the other, while somebody looks and the server answers. */
async function refreshTables() {
    if (document.body.dataset.state === 'live' && document.visibilityState === 'visible') {
        await Promise.allSettled([
            showPlaces((place) => details.showPlace(place)),
            table.refresh(),
            showNodes(),
        ]);
    }
}

byId('key-form').addEventListener('submit', (event) => {
    event.preventDefault();
    useKey(byId('key').value);
    live.open();
});
document.addEventListener('visibilitychange', refreshTables);
wireRecording();
setInterval(refreshTables, TABLES_MS);
live.open();

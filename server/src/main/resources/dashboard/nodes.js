/** The table of all nodes, on a server that has others. */
import { count } from './format.js';
import { byId, fillRows, make, write } from './dom.js';
import { askJson } from './server.js';

/** Asks, and shows the answer; nothing on a server that is alone. */
export async function showNodes() {
    const { self, nodes, silent } = await askJson('api/v1/nodes');
    byId('nodes').hidden = self === '';
    const all = [...nodes, ...silent.map((node) => ({ node, isSilent: true }))];
    fillRows(byId('node-rows'), self === '' ? [] : all, makeRow, (row, each) => {
        const [name, state, connections, version] = row.cells;
        write(name, each.node === self ? `${each.node} (this one)` : each.node);
        write(state, each.isSilent ? 'silent' : each.ready ? 'ready' : 'not ready');
        row.toggleAttribute('data-high', each.isSilent || !each.ready);
        write(connections, each.isSilent ? '–' : count(each.connections));
        write(version, each.version ?? '–');
    });
}

const makeRow = () =>
    make('tr', '', make('td'), make('td'), make('td', 'number'), make('td', 'wide'));

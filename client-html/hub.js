// @ts-check

/**
 * The page of the raw hub: what is said goes to the raw hub at `/ws`, and what the hub
 * says goes to the log.
 *
 * @module
 */

import { HeddleConnection, closeSentence } from './heddle.js';
import { Log } from './log.js';
import { NAME_MAX, TEXT_MAX, cleanName, formatMessage, isSendKey, parseMessage } from './message.js';
import { keepName, keptName } from './name.js';
import { Notice } from './notice.js';

/** @typedef {import('./heddle.js').StateChange} StateChange */

/** What `GET /benchmark` makes the hub say. */
const HUB_TEXT = 'test message';

const STATE_WORDS = {
    connecting: 'Connecting',
    connected: 'Connected',
    waiting: 'Waiting to reconnect',
    closed: 'Closed',
};

/** @type {<T extends HTMLElement>(id: string) => T} */
const byId = (id) => /** @type {any} */ (document.getElementById(id));

const stateWord = byId('state');
const retry = byId('retry');
const notice = new Notice(byId('notice'), byId('notice-text'), retry);
const warning = byId('warning');
/** @type {HTMLInputElement} */
const nameField = byId('name');
/** @type {HTMLTextAreaElement} */
const textField = byId('text');
const tokenForm = byId('token-form');
/** @type {HTMLInputElement} */
const tokenField = byId('token');

const log = new Log({
    pane: byId('pane'),
    list: byId('log'),
    pending: byId('pending'),
    more: byId('more'),
    shaft: byId('shaft'),
    welcome: byId('welcome'),
});

/** @type {{ message: string, remove: () => void }[]} what was sent and has not come back */
let pending = [];
let wasConnected = false;
let isLossTold = false;
let unread = 0;

/** Why the server lets nobody in without another token; empty where that is not the case. */
let refusal = '';

/** Whether the server may have refused the token; not once it has answered something else. */
let isTokenInDoubt = true;

/** What the page does to find out why a try has failed ends when something else happens. */
let inquiry = new AbortController();

const url = new URL('ws', location.href);
url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
byId('address').textContent = url.href;

const connection = new HeddleConnection(url);
connection.addEventListener('state', (event) =>
    showState(/** @type {CustomEvent<StateChange>} */ (event).detail),
);
connection.addEventListener('message', (event) =>
    receive(/** @type {MessageEvent<string | ArrayBuffer>} */ (event).data),
);

/** @param {string | ArrayBuffer} data */
function receive(data) {
    countUnread();
    if (typeof data !== 'string') {
        const bytes = data.byteLength;
        log.addNote(`binary, ${bytes} ${bytes === 1 ? 'byte' : 'bytes'}`);
        return;
    }
    if (data === HUB_TEXT) {
        log.addNote(data, 'Hub:');
        return;
    }
    const { name, text } = parseMessage(data);
    const sent = pending.findIndex(({ message }) => message === data);
    if (sent >= 0) {
        pending.splice(sent, 1)[0].remove();
    }
    log.addMessage(name, text, sent >= 0);
}

/** @param {StateChange} change */
function showState({ state, code, reason, delayMs }) {
    const hasFailedToOpen = state === 'waiting' && document.body.dataset.state === 'connecting';
    document.body.dataset.state = state;
    inquiry.abort();
    inquiry = new AbortController();
    tokenForm.hidden = refusal === '';
    stateWord.textContent = STATE_WORDS[state];
    if (state === 'connected') {
        notice.hide();
        if (isLossTold) {
            log.addNote('', 'Connected again.');
        }
        warn('');
        wasConnected = true;
        isTokenInDoubt = true;
        isLossTold = false;
    } else if (state === 'connecting') {
        isLossTold ? notice.say('Trying to connect …') : notice.hide();
    } else if (state === 'waiting') {
        tellLoss(code, reason);
        notice.countDown(performance.now() + delayMs);
        if (hasFailedToOpen && isTokenInDoubt) {
            findOutWhy(inquiry.signal);
        }
    } else {
        abandonPending();
        const why = refusal || closeSentence(code, reason);
        log.addNote(why, 'Connection closed.');
        notice.say(`Connection closed. ${why}`, 'Connect again');
        isLossTold = true;
    }
}

/** Says once, not with each failed try, that the connection is gone and that tries go on. */
function tellLoss(/** @type {number} */ code, /** @type {string} */ reason) {
    abandonPending();
    if (!isLossTold) {
        const lead = wasConnected ? 'Connection lost.' : 'No connection yet.';
        log.addNote(`${closeSentence(code, reason)} Trying again.`, lead);
        isLossTold = true;
    }
}

/**
 * A browser does not say why a WebSocket was refused. A plain request for the same place is told.
 */
async function findOutWhy(/** @type {AbortSignal} */ signal) {
    const { href } = new URL(`ws${url.search}`, location.href);
    try {
        const answer = await fetch(href, { cache: 'no-store', signal });
        const words = (await answer.text()).trim();
        isTokenInDoubt = answer.status === 401;
        if (answer.status === 401) {
            refusal = `The server says: ${words}.`;
            connection.close();
            tokenField.focus();
        }
    } catch {
        // It cannot be reached, which has been said, or the page has gone on.
    }
}

/** What was sent and did not come back before the connection ended may have reached nobody. */
function abandonPending() {
    for (const { message, remove } of pending) {
        remove();
        const { name, text } = parseMessage(message);
        log.addMessage(name, text, true);
    }
    if (pending.length > 0) {
        log.addNote('Your last messages may not have arrived.');
    }
    pending = [];
}

function sendText() {
    const text = textField.value.trimEnd();
    if (text.trim() === '') {
        return;
    }
    if (text.length > TEXT_MAX) {
        warn(`Nothing was sent: ${text.length} characters, and at most ${TEXT_MAX} are possible.`);
        return;
    }
    const name = takeName();
    const message = formatMessage(name, text);
    if (!connection.send(message)) {
        warn('Nothing was sent: there is no connection. Your text stays here.');
        return;
    }
    warn('');
    pending.push({ message, remove: log.addPending(name, text) });
    textField.value = '';
}

function connectNow() {
    refusal = '';
    isTokenInDoubt = true;
    connection.connect();
    textField.focus();
}

/** @returns {string} the name as it is now, which is also what the field and the browser keep */
function takeName() {
    const name = cleanName(nameField.value) || keptName();
    nameField.value = name;
    return name;
}

function warn(/** @type {string} */ text) {
    warning.textContent = text;
}

function countUnread() {
    unread = document.hidden ? unread + 1 : 0;
    showUnread();
}

function showUnread() {
    const title = unread > 0 ? `(${unread}) Heddle` : 'Heddle';
    if (document.title !== title) {
        document.title = title;
    }
}

nameField.maxLength = NAME_MAX;
nameField.value = keptName();
nameField.addEventListener('change', () => keepName(takeName()));
retry.addEventListener('click', () => connectNow());
tokenForm.addEventListener('submit', (event) => {
    event.preventDefault();
    url.searchParams.set('token', tokenField.value.trim());
    tokenField.value = '';
    connectNow();
});
byId('composer').addEventListener('submit', (event) => {
    event.preventDefault();
    sendText();
    textField.focus();
});
textField.addEventListener('keydown', (event) => {
    if (isSendKey(event)) {
        event.preventDefault();
        sendText();
    }
});
document.addEventListener('visibilitychange', () => {
    unread = 0;
    showUnread();
});

if ('WebSocket' in globalThis) {
    connection.connect();
} else {
    log.addNote('This browser has no WebSocket, so it cannot chat.', 'No WebSocket.');
    stateWord.textContent = STATE_WORDS.closed;
}

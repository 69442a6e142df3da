// @ts-check

/**
 * The page of rooms and direct messages: shows the session, and hands on what somebody does.
 *
 * @module
 */

import { Conversation } from './conversation.js';
import { Heddle } from './heddle.js';
import { TEXT_MAX, isSendKey } from './message.js';
import { Notice } from './notice.js';
import { Session } from './session.js';
import { Side } from './side.js';
import { nameToOffer, roomsOfTab } from './user.js';
import { Who } from './who.js';

/** @typedef {import('./place.js').Place} Place */

/** What is offered until the server has said which rooms it has. */
const USUAL_ROOMS = [101, 102, 103, 104];

/** The code of a login that needs a token, or another one, or leads to no room. */
const NOT_AUTHORIZED = 1003;

/** For each state of a room its word, and what the style sheet calls it. */
const STATES = {
    entering: ['Connecting', 'connecting'],
    entered: ['Connected', 'connected'],
    waiting: ['Waiting to reconnect', 'waiting'],
    refused: ['Login refused', 'closed'],
    left: ['Not connected', 'closed'],
};

/** @type {<T extends HTMLElement>(id: string) => T} */
const byId = (id) => /** @type {any} */ (document.getElementById(id));

const url = new URL('acc', import.meta.url);
url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
byId('hub-link').setAttribute('href', new URL('hub', import.meta.url).href);

/** @type {HTMLTextAreaElement} */
const textField = byId('text');
const notice = new Notice(byId('notice'), byId('notice-text'), byId('retry'));
const isTouched = matchMedia('(pointer: coarse)');
let rooms = USUAL_ROOMS;

const session = new Session(
    url,
    (room, person) =>
        new Conversation(room, person, byId('conversation'), byId('conversations'), byId('shaft')),
);
const side = new Side({
    state: sideState,
    enter: (room) => turn(() => session.enter(room)),
    leave: (room) => turn(() => session.leave(room)),
    talk: (room, person) => turn(() => session.talk(room, person)),
    close: (room, person) => turn(() => session.close(room, person)),
});
const who = new Who(({ name, room, token }) => {
    session.beKnownAs(name, token);
    if (room) {
        turn(() => session.enter(room));
    }
    toComposer();
});

/** Goes to another conversation, and keeps what has been typed for when one comes back. */
function turn(/** @type {() => void} */ act) {
    const before = session.current;
    act();
    if (before !== session.current) {
        if (before) {
            before.draft = textField.value;
        }
        textField.value = session.current?.draft ?? '';
        warn('');
        if (session.current) {
            history.replaceState(null, '', `?appID=${session.current.room}`);
        }
    }
    openSide(false);
    toComposer();
}

/** Shows the state of the session. */
function refresh() {
    const { current, place, unread } = session;
    const [word, look] = STATES[place?.change.state ?? 'left'];
    const title = current?.title ?? '';
    if (look === 'connected' && document.body.dataset.state !== look) {
        warn('');
    }
    document.body.dataset.state = look;
    setText(byId('state'), word);
    document.body.classList.toggle('nobody', session.user === '');
    setText(byId('where'), title || (session.user ? 'No room' : 'rooms and messages'));
    setText(byId('whereabouts'), place && current ? whereabouts(place, current) : '');
    setText(byId('to'), `Message to ${current?.person ? title : `room ${current?.room}`}`);
    byId('nowhere').hidden = current !== null || session.user === '';
    byId('composer').hidden = current === null;
    place ? showNotice(place) : notice.hide();
    const elsewhere = unread - (current?.unread ?? 0);
    byId('elsewhere').hidden = elsewhere === 0;
    setText(byId('elsewhere'), `${elsewhere}`);
    document.title = `${unread > 0 ? `(${unread}) ` : ''}${title && `${title} · `}Heddle`;
    side.refresh();
}

/** @type {(place: Place, conversation: Conversation) => string} */
function whereabouts({ people, number, isEntered }, { person }) {
    if (person) {
        return `direct, in room ${number}${isEntered && !people.has(person) ? ', away' : ''}`;
    }
    return people.size === 0 ? '' : people.size === 1 ? '1 person' : `${people.size} people`;
}

/** @type {(place: Place) => void} */
function showNotice({ change: { state, sentence }, retryAtMs }) {
    if (state === 'waiting') {
        notice.countDown(retryAtMs);
    } else if (state === 'left' || state === 'refused') {
        notice.say(sentence, state === 'left' ? 'Connect again' : 'Try again');
    } else {
        notice.hide();
    }
}

/** @returns {import('./side.js').SideState} */
function sideState() {
    const { user, current, place, places } = session;
    return {
        user,
        rooms: [...new Set([...rooms, ...places.keys()])].map((room) => ({
            room,
            isJoined: places.has(room),
            isHere: current?.room === room && current.person === '',
            isLost: !['entering', 'entered'].includes(places.get(room)?.change.state ?? 'entered'),
            unread: places.has(room) ? session.conversation(room).unread : 0,
        })),
        directs: session.directs.map((one) => ({
            room: one.room,
            person: one.person,
            isHere: one === current,
            isAway: isAway(places.get(one.room), one.person),
            unread: one.unread,
            dye: one.log.dyeOf(one.person),
        })),
        room: place?.number ?? 0,
        people: place?.people ?? new Set(),
        dyeOf: (name) => (current ? session.conversation(current.room).log.dyeOf(name) : ''),
    };
}

/** @type {(place: Place | undefined, person: string) => boolean} */
function isAway(place, person) {
    return place !== undefined && place.isEntered && !place.people.has(person);
}

/** Asks who one is, after a refusal. @type {(place: Place) => void} */
function askAgain({ number, change: { code, sentence } }) {
    who.ask({
        title: `Room ${number} refused your login`,
        words: '',
        name: session.user,
        rooms: [],
        room: 0,
        fault: sentence,
        isTokenWanted: code === NOT_AUTHORIZED,
        cancel: () => turn(() => session.giveUp()),
    });
}

async function sendText() {
    const { current, place } = session;
    const text = textField.value.trimEnd();
    if (!current || text.trim() === '') {
        return;
    }
    if (text.length > TEXT_MAX) {
        warn(`Nothing was sent: ${text.length} characters, and at most ${TEXT_MAX} are possible.`);
        return;
    }
    if (!place?.isEntered) {
        warn('Nothing was sent: there is no connection. Your text stays here.');
        return;
    }
    warn('');
    textField.value = '';
    const fault = await place.say(current.person, text.toWellFormed());
    if (fault && current === session.current) {
        warn(`Nothing was sent. ${fault}`);
        textField.value ||= text;
    } else if (fault) {
        current.log.addNote(fault, 'Nothing was sent.');
        current.draft ||= text;
    }
}

function warn(/** @type {string} */ text) {
    setText(byId('warning'), text);
}

/** Live regions would tell the same again. @type {(part: HTMLElement, text: string) => void} */
function setText(part, text) {
    if (part.textContent !== text) {
        part.textContent = text;
    }
}

/** Not where that would bring a keyboard up. */
function toComposer() {
    if (!isTouched.matches) {
        textField.focus();
    }
}

/** On a phone the list covers the page. @type {(isOpen: boolean) => void} */
function openSide(isOpen) {
    document.body.classList.toggle('side-open', isOpen);
    byId('side-button').ariaExpanded = `${isOpen}`;
}

function isSideOpen() {
    return document.body.classList.contains('side-open');
}

session.addEventListener('change', refresh);
session.addEventListener('refused', (event) =>
    askAgain(/** @type {CustomEvent<Place>} */ (event).detail),
);
byId('side-button').addEventListener('click', () => {
    openSide(!isSideOpen());
    if (isSideOpen()) {
        byId('change-name').focus();
    }
});
document.addEventListener('click', ({ target }) => {
    if (target instanceof Element && !target.closest('#side, #side-button')) {
        openSide(false);
    }
});
document.addEventListener('keydown', ({ key }) => {
    if (key === 'Escape' && isSideOpen()) {
        openSide(false);
        byId('side-button').focus();
    }
});
byId('change-name').addEventListener('click', () =>
    who.ask({
        title: 'Change your name',
        words: 'You leave all rooms under the old name, and enter them again under the new one.',
        name: session.user,
        rooms: [],
        room: 0,
        fault: '',
        isTokenWanted: session.hasToken,
        cancel: () => {},
    }),
);
byId('retry').addEventListener('click', () => {
    const { place } = session;
    if (place?.change.state === 'refused') {
        askAgain(place);
    } else {
        place?.retry();
        toComposer();
    }
});
byId('composer').addEventListener('submit', (event) => {
    event.preventDefault();
    sendText();
    toComposer();
});
textField.addEventListener('keydown', (event) => {
    if (isSendKey(event)) {
        event.preventDefault();
        sendText();
    }
});
document.addEventListener('visibilitychange', () => session.seen());

/** Begins where the tab was before it was loaded again, or asks who one is. */
async function start() {
    const query = new URLSearchParams(location.search);
    const asked = Number(query.get('appID') ?? query.get('appId'));
    const first = () => (rooms.includes(asked) ? asked : rooms[0]);
    refresh();
    if (session.user === '') {
        who.ask({
            title: 'Choose a name',
            words: 'The others see this name.',
            name: nameToOffer(),
            rooms,
            room: first(),
            fault: '',
            isTokenWanted: false,
            cancel: null,
        });
    }
    const heddle = new Heddle(url);
    heddle.addEventListener('state', ({ detail }) => detail.state === 'waiting' && heddle.close());
    try {
        rooms = (await heddle.request('rooms')).rooms;
    } catch {
        // An older server, or none: the usual ones are offered.
    }
    heddle.close();
    if (who.isOpen) {
        who.offer(rooms, first());
    } else if (session.places.size === 0) {
        turn(() => [...roomsOfTab(), first()].forEach((room) => session.enter(room)));
    }
    refresh();
}

start();

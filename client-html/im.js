// @ts-check

/**
 * The page: rooms that one is in, each over a connection of its own so that all of them are heard,
 * the conversations in them, and who one is.
 *
 * @module
 */

import { Conversation } from './conversation.js';
import { TEXT_MAX } from './message.js';
import { Notice } from './notice.js';
import { Place } from './place.js';
import { askForRooms } from './room.js';
import { Side } from './side.js';
import { keepName, keepRooms, nameOfTab, nameToOffer, roomsOfTab } from './user.js';
import { Who } from './who.js';

/** What is offered until the server has said which rooms it has. */
const USUAL_ROOMS = [101, 102, 103, 104];

/** The code of a login that needs a token, or another one, or leads to no room. */
const NOT_AUTHORIZED = 1003;

const STATE_WORDS = {
    entering: 'Connecting',
    entered: 'Connected',
    waiting: 'Waiting to reconnect',
    refused: 'Not let in',
    left: 'Not connected',
};

/** The states as the style sheet has them. */
const LOOKS = { entering: 'connecting', entered: 'connected', waiting: 'waiting' };

/** @type {<T extends HTMLElement>(id: string) => T} */
const byId = (id) => /** @type {any} */ (document.getElementById(id));

const url = new URL('acc', import.meta.url);
url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
byId('hub-link').setAttribute('href', new URL('hub', import.meta.url).href);

/** @type {HTMLTextAreaElement} */
const textField = byId('text');
const notice = new Notice(byId('notice'), byId('notice-text'), byId('retry'));
const side = new Side({ state: sideState, enter, leave, talk, close: closeDirect });
const who = new Who(answered);

let rooms = USUAL_ROOMS;
let user = nameOfTab();
/** Never kept: who loads the page again has to show it again. */
let token = '';
/** @type {Map<number, Place>} the rooms that one is in, or on the way to */
const places = new Map();
/** @type {Map<string, Conversation>} */
const conversations = new Map();
/** @type {Conversation | null} */
let current = null;
/** @type {number[]} what the server has refused, until it is asked again */
let refused = [];

const host = {
    conversation,
    conversations: (/** @type {number} */ room) =>
        [...conversations.values()].filter((one) => one.room === room),
    heard,
    changed,
};

/** @type {(room: number, person: string) => Conversation} */
function conversation(room, person) {
    const key = `${room} ${person}`;
    let found = conversations.get(key);
    if (!found) {
        found = new Conversation(
            room,
            person,
            byId('conversation'),
            byId('conversations'),
            byId('shaft'),
        );
        conversations.set(key, found);
    }
    return found;
}

/** @type {(conversation: Conversation) => void} */
function heard(conversation) {
    if (conversation !== current || document.hidden) {
        conversation.unread++;
    }
    refresh();
}

/** @type {(place: Place) => void} */
function changed(place) {
    if (place.change.state === 'refused' && !refused.includes(place.number)) {
        refused.push(place.number);
        askAgain(place);
    }
    refresh();
}

/** Shows the state of the page, which is all in the variables above. */
function refresh() {
    const place = current && places.get(current.room);
    const { state } = place?.change ?? { state: /** @type {const} */ ('left') };
    document.body.dataset.state = LOOKS[/** @type {'waiting'} */ (state)] ?? 'closed';
    byId('state').textContent = STATE_WORDS[state];
    byId('where').textContent = current?.title ?? 'No room';
    byId('whereabouts').textContent = place && current ? whereabouts(place, current) : '';
    byId('nowhere').hidden = current !== null;
    byId('composer').hidden = current === null;
    byId('to').textContent = `Message to ${current?.title.replace('Room', 'room') ?? ''}`;
    place ? showNotice(place) : notice.hide();
    const unread = [...conversations.values()].reduce((sum, one) => sum + one.unread, 0);
    const elsewhere = unread - (current?.unread ?? 0);
    byId('elsewhere').hidden = elsewhere === 0;
    byId('elsewhere').textContent = `${elsewhere}`;
    document.title = `${unread > 0 ? `(${unread}) ` : ''}${current ? `${current.title} · ` : ''}Heddle`;
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
    const place = current ? places.get(current.room) : undefined;
    const all = [...new Set([...rooms, ...places.keys()])];
    return {
        user,
        rooms: all.map((room) => ({
            room,
            isJoined: places.has(room),
            isHere: current?.room === room && current.person === '',
            isLost: !['entering', 'entered'].includes(places.get(room)?.change.state ?? 'entered'),
            unread: conversations.get(`${room} `)?.unread ?? 0,
        })),
        directs: [...conversations.values()]
            .filter(({ person }) => person !== '')
            .map(({ room, person, unread }) => ({
                room,
                person,
                isHere: current?.room === room && current.person === person,
                isAway: places.get(room)?.isEntered === true && !places.get(room)?.people.has(person),
                unread,
            })),
        room: place?.number ?? 0,
        people: place?.people ?? new Set(),
        dyeOf: (name) => (current ? conversation(current.room, '').log.dyeOf(name) : ''),
    };
}

/** Shows a conversation, or none. @type {(next: Conversation | null) => void} */
function show(next) {
    if (current) {
        current.draft = textField.value;
        current.show(false);
    }
    current = next;
    warn('');
    if (next) {
        next.unread = 0;
        next.show(true);
        textField.value = next.draft;
        history.replaceState(null, '', `?appID=${next.room}`);
    }
    openSide(false);
    refresh();
}

/** @type {(room: number) => void} */
function enter(room) {
    if (!places.has(room)) {
        const place = new Place(url, room, host);
        places.set(room, place);
        keepRooms([...places.keys()]);
        show(conversation(room, ''));
        place.enterAs(user, token);
    } else {
        show(conversation(room, ''));
    }
}

/** @type {(room: number) => void} */
function leave(room) {
    places.get(room)?.leave();
    places.delete(room);
    keepRooms([...places.keys()]);
    for (const [key, one] of conversations) {
        if (one.room === room) {
            one.remove();
            conversations.delete(key);
        }
    }
    if (current?.room === room) {
        current = null;
        const [other] = places.keys();
        show(other === undefined ? null : conversation(other, ''));
    }
    refresh();
}

/** @type {(room: number, person: string) => void} */
function talk(room, person) {
    show(conversation(room, person));
    textField.focus();
}

/** @type {(room: number, person: string) => void} */
function closeDirect(room, person) {
    const closed = conversation(room, person);
    if (current === closed) {
        show(conversation(room, ''));
    }
    closed.remove();
    conversations.delete(`${room} ${person}`);
    refresh();
}

/** Asks who one is, after a refusal. @type {(place: Place) => void} */
function askAgain({ number, change: { code, sentence } }) {
    who.ask({
        title: `Room ${number} did not let you in`,
        name: user,
        rooms,
        room: number,
        fault: sentence,
        isTokenWanted: code === NOT_AUTHORIZED,
        cancel: () => {
            const given = refused;
            refused = [];
            given.forEach(leave);
        },
    });
}

/** @type {(answer: import('./who.js').Answer) => void} */
function answered(answer) {
    const isOther = answer.name !== user;
    const again = refused;
    refused = [];
    user = answer.name;
    token = answer.token || token;
    keepName(user);
    for (const place of [...places.values()]) {
        if (again.includes(place.number) && answer.room && answer.room !== place.number) {
            leave(place.number);
        } else if (isOther || again.includes(place.number)) {
            place.enterAs(user, token);
        }
    }
    if (answer.room) {
        enter(answer.room);
    }
    textField.focus();
    refresh();
}

async function sendText() {
    const from = current;
    const text = textField.value.trimEnd();
    if (!from || text.trim() === '') {
        return;
    }
    if (text.length > TEXT_MAX) {
        warn(`Nothing was sent: ${text.length} characters, and at most ${TEXT_MAX} are possible.`);
        return;
    }
    const place = places.get(from.room);
    if (!place?.isEntered) {
        warn('Nothing was sent: there is no connection. Your text stays here.');
        return;
    }
    warn('');
    textField.value = '';
    const { fault } = await place.say(from.person, text.toWellFormed());
    if (fault && from === current) {
        warn(`Nothing was sent. ${fault}`);
        textField.value ||= text;
    } else if (fault) {
        from.draft ||= text;
        from.log.addNote(fault, 'Nothing was sent.');
    }
}

/** @type {(text: string) => void} */
function warn(text) {
    byId('warning').textContent = text;
}

/** On a phone the list covers the page. @type {(isOpen: boolean) => void} */
function openSide(isOpen) {
    document.body.classList.toggle('side-open', isOpen);
    byId('side-button').ariaExpanded = `${isOpen}`;
}

byId('side-button').addEventListener('click', () =>
    openSide(!document.body.classList.contains('side-open')),
);
byId('conversations').addEventListener('pointerdown', () => openSide(false));
document.addEventListener('keydown', ({ key }) => key === 'Escape' && openSide(false));
byId('change-name').addEventListener('click', () =>
    who.ask({
        title: 'Another name',
        name: user,
        rooms: [],
        room: 0,
        fault: '',
        isTokenWanted: token !== '',
        cancel: () => {},
    }),
);
byId('retry').addEventListener('click', () => {
    const place = current && places.get(current.room);
    if (place?.change.state === 'refused') {
        askAgain(place);
    } else {
        place?.retry();
        textField.focus();
    }
});
byId('composer').addEventListener('submit', (event) => {
    event.preventDefault();
    sendText();
    textField.focus();
});
textField.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
        event.preventDefault();
        sendText();
    }
});
document.addEventListener('visibilitychange', () => {
    if (current) {
        current.unread = 0;
    }
    refresh();
});

async function start() {
    const query = new URLSearchParams(location.search);
    const asked = Number(query.get('appID') ?? query.get('appId'));
    const first = () => (rooms.includes(asked) ? asked : rooms[0]);
    const isKnown = user !== '';
    refresh();
    if (!isKnown) {
        who.ask({
            title: 'Take a thread',
            name: nameToOffer(),
            rooms,
            room: first(),
            fault: '',
            isTokenWanted: false,
            cancel: null,
        });
    }
    try {
        rooms = await askForRooms(url);
    } catch {
        // An older server, or none: the usual ones are offered.
    }
    if (isKnown) {
        [...new Set([...roomsOfTab(), first()])].forEach(enter);
        enter(first());
    } else if (places.size === 0) {
        who.offer(rooms, first());
    }
    refresh();
}

start();

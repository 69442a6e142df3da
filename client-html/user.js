// @ts-check

/**
 * Who sits in front of the page, and in which rooms: the name as the server takes it, and what is
 * kept. A name is offered again in this browser; a tab that is loaded again goes on under its own.
 *
 * @module
 */

import { randomName } from './message.js';
import { read, write } from './storage.js';

/** How many bytes of UTF-8 the server takes as a name. */
export const USER_BYTES_MAX = 19;

const USER = 'heddle.user';
const ROOMS = 'heddle.rooms';

/** What the server refuses in a name, and what would hide in one or turn it round. */
const NOT_IN_A_NAME = /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}\ufeff]/u;

const ENCODER = new TextEncoder();

/**
 * @param {string} name
 * @returns {number} as the server counts: in bytes of UTF-8
 */
export function byteCount(name) {
    return ENCODER.encode(name).length;
}

/**
 * @param {string} name
 * @returns {string} why it cannot be a name; empty if it can
 */
export function nameFault(name) {
    const bytes = byteCount(name);
    if (!/[\p{L}\p{N}\p{P}\p{S}]/u.test(name)) {
        return 'A name needs a visible character.';
    }
    if (NOT_IN_A_NAME.test(name) || !name.isWellFormed()) {
        return 'This name has an invisible character.';
    }
    return bytes > USER_BYTES_MAX
        ? `This name has ${bytes} bytes, and at most ${USER_BYTES_MAX} are possible.`
        : '';
}

/** @returns {string} the name that this tab had before it was loaded again; empty in a new tab */
export function nameOfTab() {
    return valid(read('sessionStorage', USER));
}

/** @returns {string} a name to begin with */
export function nameToOffer() {
    return nameOfTab() || valid(read('localStorage', USER)) || valid(randomName()) || 'Linen';
}

/** @param {string} name one that was chosen */
export function keepName(name) {
    write('sessionStorage', USER, name);
    write('localStorage', USER, name);
}

/** @returns {number[]} the rooms that this tab was in before it was loaded again */
export function roomsOfTab() {
    return read('sessionStorage', ROOMS).split(',').map(Number).filter(Boolean);
}

/** @param {number[]} rooms those that the tab is in now */
export function keepRooms(rooms) {
    write('sessionStorage', ROOMS, rooms.join(','));
}

/** @type {(name: string) => string} */
function valid(name) {
    return nameFault(name) === '' ? name : '';
}

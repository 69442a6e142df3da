// @ts-check

/**
 * The name of whoever sits in front of the page. A chosen name is kept for this browser; a name
 * that was made up is kept for this tab only, so that two new tabs are two people.
 *
 * @module
 */

import { cleanName, randomName } from './message.js';

const KEY = 'heddle.name';

/** What stands in when the browser denies its storages. */
let inMemory = '';

/** @returns {string} the name to use now */
export function keptName() {
    const name =
        cleanName(read('sessionStorage') || read('localStorage') || inMemory) || randomName();
    write('sessionStorage', name);
    inMemory = name;
    return name;
}

/**
 * Keeps a name that was chosen.
 *
 * @param {string} name
 */
export function keepName(name) {
    inMemory = name;
    write('sessionStorage', name);
    write('localStorage', name);
}

/** @typedef {'localStorage' | 'sessionStorage'} Storages */

/** @type {(storage: Storages) => string} */
function read(storage) {
    try {
        return globalThis[storage].getItem(KEY) ?? '';
    } catch {
        return ''; // Denied: the name in memory serves.
    }
}

/** @type {(storage: Storages, name: string) => void} */
function write(storage, name) {
    try {
        globalThis[storage].setItem(KEY, name);
    } catch {
        // Denied or full: the name lasts as long as the page.
    }
}

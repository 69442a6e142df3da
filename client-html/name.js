// @ts-check

/**
 * The name of whoever sits in front of the page. A chosen name is kept for this browser; a name
 * that was made up is kept for this tab only, so that two new tabs are two people.
 *
 * @module
 */

import { cleanName, randomName } from './message.js';
import { read, write } from './storage.js';

const KEY = 'heddle.name';

/** What stands in when the browser denies its storages. */
let inMemory = '';

/** @returns {string} the name to use now */
export function keptName() {
    const name =
        cleanName(read('sessionStorage', KEY) || read('localStorage', KEY) || inMemory) ||
        randomName();
    write('sessionStorage', KEY, name);
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
    write('sessionStorage', KEY, name);
    write('localStorage', KEY, name);
}

// @ts-check

/**
 * What the browser keeps for the pages, if it lets them.
 *
 * @module
 */

/** @typedef {'localStorage' | 'sessionStorage'} Storages for all tabs and for long, or for a tab */

/** @type {(storage: Storages, key: string) => string} */
export function read(storage, key) {
    try {
        return globalThis[storage].getItem(key) ?? '';
    } catch {
        return ''; // Denied: the page must do without.
    }
}

/** @type {(storage: Storages, key: string, value: string) => void} */
export function write(storage, key, value) {
    try {
        globalThis[storage].setItem(key, value);
    } catch {
        // Denied or full: what was to be kept lasts as long as the page.
    }
}

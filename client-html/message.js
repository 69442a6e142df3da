// @ts-check

/**
 * The form of a message on the raw hub, which every client can read and write: `name: text`.
 * The first `: ` separates; a text without one has no name. The hub itself does not know names.
 *
 * @module
 */

/** How many characters a name may have. */
export const NAME_MAX = 24;

/** How many characters of a text are shown, and therefore how many this page sends. */
export const TEXT_MAX = 2_000;

/** How many lines of a text are shown. */
const LINES_MAX = 60;

/** What a name does not contain: the separator, line ends, and what looks more like data. */
const NOT_IN_A_NAME = /[\p{Cc}\u2028\u2029:"<>[\]{}]+/gu;

const VISIBLE = /[\p{L}\p{N}\p{P}\p{S}]/u;

const DYES = 'Indigo Madder Saffron Woad Walnut Ochre Russet Teal Amber Lichen Sorrel Coral'.split(
    ' ',
);
const FIBRES = 'Linen Wool Silk Hemp Flax Cotton Ramie Nettle Jute Mohair Alpaca Cashmere'.split(
    ' ',
);

/**
 * The name as it may be sent; empty if nothing visible is left of it.
 *
 * @param {string} name
 * @returns {string}
 */
export function cleanName(name) {
    const spaced = name.toWellFormed().replace(NOT_IN_A_NAME, ' ').replace(/\s+/gu, ' ');
    const short = Array.from(spaced.trim()).slice(0, NAME_MAX).join('').trim();
    return VISIBLE.test(short) ? short : '';
}

/**
 * A friendly name for whoever has not chosen one.
 *
 * @returns {string}
 */
export function randomName() {
    const pick = (/** @type {string[]} */ words) => words[Math.floor(Math.random() * words.length)];
    return `${pick(DYES)} ${pick(FIBRES)}`;
}

/**
 * @param {string} name
 * @param {string} text
 * @returns {string} the message to send
 */
export function formatMessage(name, text) {
    return `${name}: ${text}`.toWellFormed();
}

/**
 * @param {string} message
 * @returns {{ name: string, text: string }} with an empty name if the message has none
 */
export function parseMessage(message) {
    const separator = message.slice(0, 2 * NAME_MAX + 2).indexOf(': ');
    const name = message.slice(0, Math.max(separator, 0));
    if (name === '' || cleanName(name) !== name) {
        return { name: '', text: message };
    }
    return { name, text: message.slice(separator + 2) };
}

/**
 * A name in which nothing hides: what cannot be seen, or would turn the letters round, is said by
 * its number, and a space that is more than one between words as `␣`. So no two names look alike
 * because of it.
 *
 * @param {string} name
 * @returns {string}
 */
export function visibleName(name) {
    return name
        .replace(
            /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}\u200b\u2060\ufeff\u00ad\p{Cs}]/gu,
            (character) => {
                const number = (character.codePointAt(0) ?? 0).toString(16).toUpperCase();
                return `⟨U+${number.padStart(4, '0')}⟩`;
            },
        )
        .replace(/^\p{Zs}|\p{Zs}$|(?<=\p{Zs})\p{Zs}|(?! )\p{Zs}/gu, '␣');
}

/**
 * As much of a text as is shown, so that no message takes the page over.
 *
 * @param {string} text
 * @returns {{ shown: string, more: number }} and how many characters it has beyond that
 */
export function clip(text) {
    let end = Math.min(text.length, TEXT_MAX);
    for (let line = 0, from = -1; line < LINES_MAX; line++) {
        from = text.indexOf('\n', from + 1);
        if (from < 0 || from >= end) {
            break;
        }
        if (line === LINES_MAX - 1) {
            end = from;
        }
    }
    if (end < text.length && /[\ud800-\udbff]$/.test(text.slice(0, end))) {
        end--;
    }
    return { shown: text.slice(0, end), more: text.length - end };
}

/**
 * Whether a key means: send. Not with Shift, and not the Enter that ends a composition, which
 * Safari tells of after its end, with the number that such keys have.
 *
 * @param {KeyboardEvent} event
 * @returns {boolean}
 */
export function isSendKey({ key, shiftKey, isComposing, keyCode }) {
    return key === 'Enter' && !shiftKey && !isComposing && keyCode !== 229;
}

// @ts-check

/**
 * The warp at the side of the log: each voice gets a thread of its own, and the heddle of that
 * thread rises when the voice speaks. Decoration only: names and texts say the same in words.
 *
 * @module
 */

/** How many warp threads there are; the style sheet has a dye for each. */
const THREADS = 8;

/** The thread of this page's own voice. */
export const OWN_THREAD = 0;

const LIFT = [{ translate: '0 0' }, { translate: '0 -7px', offset: 0.3 }, { translate: '0 0' }];
const LIFT_MS = 420;

export class Loom {
    #heddles;
    #still = matchMedia('(prefers-reduced-motion: reduce)');
    /** @type {Map<string, number>} the thread of each voice; who spoke last is last */
    #threads = new Map();
    /** @type {number[]} until when the heddle of each thread is on its way */
    #busyUntilMs = Array(THREADS).fill(0);

    /** @param {Element} shaft its children are the heddles, from the first thread to the last */
    constructor(shaft) {
        this.#heddles = Array.from(shaft.children);
    }

    /**
     * The same name gets the same thread on every page, if that is free. When all are in use, the
     * voice that has been silent for longest gives its thread up.
     *
     * @param {string} name
     * @returns {number}
     */
    threadOf(name) {
        const thread = this.#threads.get(name) ?? this.#free(name);
        this.#threads.delete(name);
        this.#threads.set(name, thread);
        return thread;
    }

    /**
     * @param {string} name
     * @returns {number | undefined} the thread of a voice that has spoken of late
     */
    threadIfAny(name) {
        return this.#threads.get(name);
    }

    /** @param {number} thread */
    lift(thread) {
        const nowMs = performance.now();
        if (!this.#still.matches && nowMs >= this.#busyUntilMs[thread]) {
            this.#busyUntilMs[thread] = nowMs + LIFT_MS;
            this.#heddles[thread].animate(LIFT, { duration: LIFT_MS, easing: 'ease-out' });
        }
    }

    /** @type {(name: string) => number} */
    #free(name) {
        const others = THREADS - 1;
        if (this.#threads.size === others) {
            const [silent, thread] = this.#threads.entries().next().value ?? ['', 1];
            this.#threads.delete(silent);
            return thread;
        }
        const used = new Set(this.#threads.values());
        let hash = 0;
        for (const character of name) {
            hash = (hash * 31 + (character.codePointAt(0) ?? 0)) >>> 0;
        }
        let thread = 1 + (hash % others);
        while (used.has(thread)) {
            thread = 1 + (thread % others);
        }
        return thread;
    }
}

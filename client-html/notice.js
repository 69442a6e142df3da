// @ts-check

/**
 * The line above the composer that says how it stands with the connection.
 *
 * @module
 */

export class Notice {
    #box;
    #text;
    #retry;
    /** @type {ReturnType<typeof setInterval> | undefined} */
    #countdown;

    /**
     * @param {HTMLElement} box
     * @param {HTMLElement} text in the box
     * @param {HTMLElement} retry the button in the box
     */
    constructor(box, text, retry) {
        this.#box = box;
        this.#text = text;
        this.#retry = retry;
    }

    hide() {
        this.#end();
        this.#box.hidden = true;
    }

    /**
     * @param {string} text
     * @param {string} [button] what is on the button; without it there is none
     */
    say(text, button = '') {
        this.#end();
        this.#box.hidden = false;
        this.#text.textContent = text;
        this.#retry.textContent = button;
        this.#retry.hidden = button === '';
    }

    /**
     * A wait in words, for the eye only: the live regions do not count seconds.
     *
     * @param {number} endsAtMs on the clock of `performance.now()`
     */
    countDown(endsAtMs) {
        const show = () => {
            const seconds = Math.max(0, Math.ceil((endsAtMs - performance.now()) / 1000));
            const wait = seconds === 1 ? '1 second' : `${seconds} seconds`;
            this.#text.textContent = `Not connected. Next try in ${wait}.`;
        };
        this.say('', 'Try now');
        show();
        this.#countdown = setInterval(show, 500);
    }

    #end() {
        clearInterval(this.#countdown);
    }
}

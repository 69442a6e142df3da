/**
 * Server-sent events, read with fetch because an EventSource cannot send a key. It comes back by
 * itself, and says what it is doing.
 */
import { Refused, ask } from './server.js';

const MAX_WAIT_MS = 8_000;

export class Stream {
    #path;
    #handlers;
    #silenceMs;
    #abort = new AbortController();
    #wake = () => {};

    /**
     * @param handlers onEvent({ type, id, data }), onState(state, error): `connecting`, `live`,
     *     `lost` (it tries again) or `refused` (it does not, until `open` is called again)
     * @param silenceMs after which a stream without a byte counts as lost; 0 for never
     */
    constructor(path, handlers, silenceMs = 0) {
        this.#path = path;
        this.#handlers = handlers;
        this.#silenceMs = silenceMs;
        addEventListener('online', () => this.#wake());
    }

    /** Reads, and comes back, until the server refuses. */
    async open() {
        let failures = 0;
        for (;;) {
            this.#handlers.onState('connecting');
            let error;
            try {
                await this.#read(() => (failures = 0));
            } catch (thrown) {
                error = thrown;
            }
            if (error instanceof Refused && error.isFinal()) {
                this.#handlers.onState('refused', error);
                return;
            }
            this.#handlers.onState('lost', error);
            await this.#wait(Math.min(MAX_WAIT_MS, 500 * 2 ** failures++));
        }
    }

    async #read(onFirst) {
        this.#abort = new AbortController();
        let watch = this.#watch();
        try {
            const response = await ask(this.#path, { signal: this.#abort.signal });
            this.#handlers.onState('live');
            onFirst();
            const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
            let text = '';
            for (;;) {
                const { value, done } = await reader.read();
                if (done) {
                    return;
                }
                clearTimeout(watch);
                watch = this.#watch();
                const parts = (text + value).split('\n\n');
                text = parts.pop();
                parts.forEach((part) => this.#tell(part));
            }
        } finally {
            clearTimeout(watch);
        }
    }

    #watch() {
        return this.#silenceMs > 0 && setTimeout(() => this.#abort.abort(), this.#silenceMs);
    }

    #tell(part) {
        const event = { type: 'message', id: '', data: '' };
        for (const line of part.split('\n')) {
            const [, field, value] = /^(event|id|data): ?(.*)$/.exec(line) ?? [];
            if (field === 'event') {
                event.type = value;
            } else if (field !== undefined) {
                event[field] = value;
            }
        }
        if (event.data !== '') {
            this.#handlers.onEvent(event);
        }
    }

    #wait(ms) {
        return new Promise((resolve) => {
            this.#wake = resolve;
            setTimeout(resolve, ms);
        });
    }
}

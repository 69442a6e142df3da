/** What the server is asked, with the key if it wants one. */

/** An answer other than success, in words for people. */
export class Refused extends Error {
    constructor(status, problem) {
        super([problem.title ?? `HTTP ${status}`, problem.detail].filter(Boolean).join(': '));
        this.status = status;
    }

    /** Whether asking again would get the same answer. */
    isFinal() {
        return this.status < 500 && this.status !== 429;
    }
}

let key = '';

/** The key to send from now on. Nothing but this page's memory keeps it. */
export function useKey(text) {
    key = text;
}

/** Asks for a path; rejects with Refused, or with a TypeError when the server cannot be reached. */
export async function ask(path, options = {}) {
    const headers = key === '' ? {} : { 'X-API-Key': key };
    const response = await fetch(path, {
        ...options,
        headers,
        cache: 'no-store',
        credentials: 'omit',
    });
    if (!response.ok) {
        throw new Refused(response.status, await response.json().catch(() => ({})));
    }
    return response;
}

export async function askJson(path) {
    return (await ask(path)).json();
}

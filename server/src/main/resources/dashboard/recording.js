/** The buttons that make recordings of JFR, for JDK Mission Control or `jfr view`. */
import { byId, write } from './dom.js';
import { ask } from './server.js';

const SECONDS = 30;

export function wireRecording() {
    wire(byId('record'), `debug/jfr?seconds=${SECONDS}`, SECONDS);
    wire(byId('dump'), 'debug/jfr/dump', 0);
}

function wire(button, path, seconds) {
    const label = button.textContent;
    button.addEventListener('click', async () => {
        button.disabled = true;
        const ends = Date.now() + seconds * 1000;
        const countdown = setInterval(() => {
            const left = Math.ceil((ends - Date.now()) / 1000);
            write(button, left > 0 ? `Recording, ${left} s` : 'Fetching');
        }, 250);
        try {
            await keep(await ask(path, { method: 'POST' }));
        } catch (error) {
            tell(error.message);
        } finally {
            clearInterval(countdown);
            button.disabled = false;
            write(button, label);
        }
    });
}

/** Gives a recording to the browser's downloads. */
async function keep(response) {
    const named = /filename="?([\w.-]+)/.exec(response.headers.get('Content-Disposition') ?? '');
    const link = document.createElement('a');
    link.href = URL.createObjectURL(await response.blob());
    link.download = named?.[1] ?? 'heddle.jfr';
    link.click();
    URL.revokeObjectURL(link.href);
    tell(`Downloaded ${link.download}: open it with JDK Mission Control, or jfr view.`);
}

function tell(text) {
    byId('notice').hidden = false;
    write(byId('notice'), text);
}

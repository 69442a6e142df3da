// A WebSocket that a scenario answers by hand: `sent` is what the client has sent, `answer` the reply
// to the first request with a command that has none yet. `timers` are those that the client has set,
// so that a scenario can say that none is left.

const { setTimeout, clearTimeout, setInterval, clearInterval } = globalThis;
globalThis.timers = new Set();
globalThis.setTimeout = (action, ms) => {
    const id = setTimeout(() => timers.delete(id) && action(), ms);
    timers.add(id);
    return id;
};
globalThis.setInterval = (action, ms) => {
    const id = setInterval(action, ms);
    timers.add(id);
    return id;
};
globalThis.clearTimeout = (id) => timers.delete(id) && clearTimeout(id);
globalThis.clearInterval = (id) => timers.delete(id) && clearInterval(id);

globalThis.pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
globalThis.until = async (condition) => {
    for (let i = 0; i < 2000 && !condition(); i++) {
        await pause(5);
    }
    if (!condition()) {
        throw new Error(`in vain: ${condition}`);
    }
};

globalThis.sent = [];
globalThis.end = (code = 1006) => {
    sent.forEach((request) => (request.isAnswered = true));
    server.onclose({ code, reason: '' });
};
globalThis.WebSocket = class {
    static OPEN = 1;
    readyState = 1;
    constructor() {
        globalThis.server = this;
        setTimeout(() => this.onopen());
    }
    close() {}
    send(text) {
        sent.push(JSON.parse(text));
    }
};
globalThis.come = (seq, cmd, data, code = 200) => {
    const response = { code, codeMsg: `text of ${code}`, data };
    server.onmessage({ data: JSON.stringify({ seq, cmd, response }) });
};
globalThis.answer = (cmd, data, code) => {
    const request = sent.find((one) => one.cmd === cmd && !one.isAnswered);
    request.isAnswered = true;
    come(request.seq, cmd, data, code);
    return request.data;
};
globalThis.asked = () => sent.map(({ cmd }) => cmd).join(' ');

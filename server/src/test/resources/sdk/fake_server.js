// A WebSocket that a scenario answers by hand: `sent` is what the client has sent, `answer` the reply
// to the first request with a command that has none yet.

globalThis.sent = [];
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

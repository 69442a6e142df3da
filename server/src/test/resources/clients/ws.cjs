// Drives a client of npm's ws: argument 1 is the URL, the others are subprotocols. Each line of the
// standard input is a command, each line of the standard output an event. ScriptConversation describes
// both.
'use strict';

const WebSocket = require('ws');
const readline = require('node:readline');

const tell = (event, ...words) => console.log([event, ...words].join(' '));
const encode = (text) => Buffer.from(text).toString('base64');
const decode = (text) => Buffer.from(text, 'base64');

const windowBits = Number(process.env.WINDOW_BITS);
const perMessageDeflate = windowBits ? { serverMaxWindowBits: windowBits } : true;
const socket = new WebSocket(process.argv[2], process.argv.slice(3), { perMessageDeflate });
socket.on('open', () => tell('open', socket.protocol));
socket.on('message', (data, isBinary) => tell(isBinary ? 'binary' : 'text', encode(data)));
socket.on('pong', (payload) => tell('pong', encode(payload)));
socket.on('close', (code, reason) => {
  tell('closed', code, encode(reason));
  process.exit(0);
});
socket.on('error', (error) => tell('failed', encode(String(error))));

function send(parts, binary) {
  parts.forEach((part, i) => socket.send(decode(part), { binary, fin: i === parts.length - 1 }));
}

readline.createInterface({ input: process.stdin }).on('line', (line) => {
  const [verb, ...words] = line.split(' ');
  switch (verb) {
    case 'text': return send(words[0].split(','), false);
    case 'binary': return send(words[0].split(','), true);
    case 'ping': return socket.ping(decode(words[0]));
    case 'close': return socket.close(Number(words[0]), decode(words[1]).toString());
    default: return tell('failed', encode(`what is ${verb}?`));
  }
});

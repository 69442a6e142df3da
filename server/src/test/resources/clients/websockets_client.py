"""Drives a client of Python's websockets: argument 1 is the URL, the others are
subprotocols. Each line of the standard input is a command, each line of the standard output an event.
ScriptConversation describes both."""

import asyncio
import base64
import sys

import websockets


def tell(event, *words):
    print(event, *words, flush=True)


def encode(data):
    return base64.b64encode(data.encode() if isinstance(data, str) else data).decode()


async def report(socket):
    """Tells what comes until the connection is closed."""
    try:
        async for message in socket:
            tell("text" if isinstance(message, str) else "binary", encode(message))
    finally:
        tell("closed", socket.close_code, encode(socket.close_reason))


async def send(socket, parts):
    await socket.send(parts[0] if len(parts) == 1 else parts)


async def ping(socket, payload):
    pong = await socket.ping(payload)
    await pong
    tell("pong", encode(payload))


async def obey(socket, commands):
    while line := (await commands.readline()).decode().rstrip("\n"):
        verb, *words = line.split(" ")
        if verb == "text":
            await send(socket, [base64.b64decode(part).decode() for part in words[0].split(",")])
        elif verb == "binary":
            await send(socket, [base64.b64decode(part) for part in words[0].split(",")])
        elif verb == "ping":
            await ping(socket, base64.b64decode(words[0]))
        elif verb == "close":
            await socket.close(int(words[0]), base64.b64decode(words[1]).decode())


async def standard_input():
    reader = asyncio.StreamReader(limit=16 << 20)
    loop = asyncio.get_running_loop()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    return reader


async def main(url, *subprotocols):
    async with websockets.connect(url, subprotocols=subprotocols or None) as socket:
        tell("open", socket.subprotocol or "")
        commands = asyncio.create_task(obey(socket, await standard_input()))
        await report(socket)
        commands.cancel()


try:
    asyncio.run(main(*sys.argv[1:]))
except Exception as failure:
    tell("failed", encode(repr(failure)))

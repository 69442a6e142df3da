package dev.heddle.sdk;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What the client makes of callbacks, signals and options that do or are anything.
abstract class CallbackScenarios extends FakedScenarios {
    @Test
    void whatIsNoJsonIsRefusedAndNothingElseHappens() {
        sdk.runFake(
                """
                open({ timeoutMs: 50 });
                const ring = {};
                ring.ring = ring;
                const bad = { toJSON() { throw new RangeError('bad'); } };
                globalThis.told = [];
                for (const data of [{ n: 1n }, ring, () => {}, Symbol('x'), bad]) {
                    await heddle.publish('c', data).catch((e) => told.push(e.name));
                    await heddle.request('x', data).catch((e) => told.push(e.name));
                }
                await heddle.publish('c', undefined).catch((e) => told.push(e.name));
                await pause(150);
                """);
        sdk.assertIs("TypeError ".repeat(8) + "RangeError RangeError TypeError", "told.join(' ')");
        sdk.assertIs(" 0 0", "`${names()} ${sent.length} ${timers.size}`");
    }

    @Test
    void whatIsNoJsonInALoginOrPositionEndsThatAlone() {
        sdk.runFake(
                """
                open({ user: 1n }).connect();
                await until(() => heddle.state === 'closed');
                open();
                listen('c', { recover: { epoch: 1n, offset: 1 } });
                heddle.subscribe('d');
                await until(() => sent.length === 2);
                """);
        sdk.assertIs("login d", "`${sent[0].cmd} ${sent[1].data.channel}`");
        sdk.assertIs("unsubscribed", "log.subscription.state");
    }

    @Test
    void whatIsPublishedIsWhatItWasThen() {
        sdk.runFake(
                """
                const data = { n: 1 };
                open();
                globalThis.published = heddle.publish('c', data);
                data.n = 2;
                await until(() => sent.length === 1);
                answer('login', null);
                end();
                await until(() => sent.length === 3);
                answer('login', null);
                """);
        sdk.assertIs("1 1", "`${sent[1].data.data.n} ${sent[3].data.data.n}`");
        sdk.run("answer('publish', null); await published");
    }

    @Test
    void aSignalThatIsAbortedAlreadyLeavesItClosed() {
        sdk.runFake(
                """
                open({ signal: AbortSignal.abort() });
                heddle.connect();
                listen('c');
                globalThis.failed = await heddle.request('x').catch((e) => e.code);
                await until(() => log.read.length === 1);
                """);
        sdk.assertIs(
                "closed end 0  0",
                "`${heddle.state} ${log.read} ${failed} ${names()} ${sent.length}`");
    }

    @Test
    void aSharedSignalForgetsWhomItClosed() {
        sdk.runFake(
                """
                const { signal } = new AbortController();
                globalThis.heard = new Set();
                signal.addEventListener = (_, action) => heard.add(action);
                signal.removeEventListener = (_, action) => heard.delete(action);
                open({ signal });
                heddle.subscribe('c', { signal });
                await until(() => sent.length === 2);
                answer('login', null);
                answer('subscribe', { epoch: 'e', offset: 0 });
                const asked = heddle.request('x', {}, { signal }).catch(() => {});
                globalThis.before = heard.size;
                heddle.close();
                await asked;
                """);
        sdk.assertIs("3 0", "`${before} ${heard.size}`");
    }

    @Test
    void aTokenThatClosesTheClientAndFailsLeavesItClosed() {
        sdk.runFake(
                """
                globalThis.given = 0;
                const fail = () => { given++; heddle.close(); throw new Error('no'); };
                open({ getToken: fail }).connect();
                await pause(150);
                """);
        sdk.assertIs("connecting closed 1 0", "`${names()} ${given} ${sent.length}`");
    }

    @Test
    void whoHearsThatATokenIsNotNeededMayClose() {
        sdk.runFake(
                """
                const getToken = ({ signal }) => {
                    signal.addEventListener('abort', () => heddle.close());
                    return new Promise(() => {});
                };
                open({ getToken, tokenTimeoutMs: 30 }).connect();
                await pause(150);
                """);
        sdk.assertIs("connecting closed", "names()");
    }

    @ParameterizedTest
    @ValueSource(strings = {"connecting", "connected", "waiting"})
    void allListenersHearStatesInOneOrderWhoeverCloses(String at) {
        sdk.runFake(
                """
                globalThis.heard = [[], []];
                const client = new sdk.Heddle('ws://x', { user: 'Ada' });
                client.addEventListener('state', ({ detail: { state } }) => {
                    heard[0].push(state);
                    state === 'AT' && client.close();
                });
                client.addEventListener('state', ({ detail }) => heard[1].push(detail.state));
                globalThis.ended = 0;
                (async () => {
                    for await (const _ of client.subscribe('c')) {}
                    ended = 1;
                })();
                await pause(30);
                if (client.state !== 'closed') {
                    await until(() => sent.length > 0);
                    answer('login', null);
                    end();
                }
                await until(() => ended);
                globalThis.last = client.state;
                """
                        .replace("AT", at));
        sdk.assertIs(
                "true closed closed",
                "`${`${heard[0]}` === `${heard[1]}`} ${heard[0].at(-1)} ${last}`");
    }

    @Test
    void theLastCallWins() {
        sdk.runFake(
                """
                open();
                let isFirst = true;
                heddle.addEventListener('state', ({ detail: { state } }) => {
                    if (state === 'connected' && isFirst) {
                        isFirst = false;
                        heddle.close();
                        heddle.connect();
                    }
                });
                heddle.connect();
                await until(() => sent.length === 1);
                answer('login', null);
                await until(() => sent.length === 2);
                answer('login', null);
                """);
        sdk.assertIs("connecting connected closed connecting connected", "names()");
    }

    @Test
    void nothingIsHeardAfterClosed() {
        sdk.runFake(
                """
                open();
                globalThis.heard = [];
                heddle.addEventListener('state', ({ detail }) => heard.push(detail.state));
                heddle.addEventListener('push', () => heard.push('push'));
                const onPublication = ({ offset }) => (heard.push(offset), heddle.close());
                heddle.subscribe('c', { rewind: 2, onPublication });
                await until(() => sent.length === 2);
                answer('login', null);
                const publications = [1, 2].map((offset) => ({ offset }));
                answer('subscribe', { epoch: 'e', offset: 2, publications });
                come('', 'publication', { channel: 'c', epoch: 'e', offset: 3 });
                """);
        sdk.assertIs("connecting connected 1 closed", "heard.join(' ')");
    }

    @Test
    void aRandomNumberMayThrowOrClose() {
        sdk.runFake(
                """
                open({ random: () => { throw new Error('bad'); } }).connect();
                await until(() => sent.length === 1);
                end();
                globalThis.first = heddle.state;
                heddle.close();
                states.length = 0;
                open({ random: () => (heddle.close(), 0) }).connect();
                await until(() => sent.length === 2);
                end();
                """);
        sdk.assertIs("waiting connecting closed", "`${first} ${names()}`");
    }

    @Test
    void anAddressThatCannotBeSaysSoAndStaysClosed() {
        sdk.runFake(
                """
                globalThis.WebSocket = class {
                    constructor() {
                        throw new SyntaxError('no address');
                    }
                };
                open().connect();
                await until(() => heddle.state === 'closed');
                """);
        sdk.assertIs("true", "states[1].sentence.includes('no address')");
    }

    @Test
    void veryLongMeansVeryLong() {
        sdk.runFake(
                """
                open({ openTimeoutMs: Infinity, timeoutMs: 2 ** 40, tokenTimeoutMs: Infinity,
                    getToken: () => pause(50) });
                const published = heddle.publish('c', 1, { timeoutMs: Infinity });
                await until(() => sent.length === 1);
                answer('login', null);
                await pause(150);
                globalThis.before = asked();
                answer('publish', null);
                await published;
                """);
        sdk.assertIs("login publish connecting connected", "`${before} ${names()}`");
    }

    @ParameterizedTest
    @ValueSource(strings = {"NaN", "-1"})
    void whatIsNoTimeCountsAsNotGiven(String time) {
        sdk.runFake(
                """
                const bad = TIME;
                open({ openTimeoutMs: bad, timeoutMs: bad, silenceMs: bad, baseDelayMs: bad,
                    maxDelayMs: bad }).connect();
                await until(() => sent.length === 1);
                answer('login', null);
                await pause(100);
                end();
                globalThis.told = `${asked()} ${names()}`;
                """
                        .replace("TIME", time));
        sdk.assertIs("login connecting connected waiting", "told");
        sdk.assertIs("true", "states[2].delayMs >= 0 && states[2].delayMs <= 500");
    }

    @Test
    void noTimeAtAllFailsAtOnce() {
        sdk.runFake(
                """
                open().connect();
                await until(() => sent.length === 1);
                answer('login', null);
                globalThis.why = await heddle.publish('c', 1, { timeoutMs: 0 }).catch((e) => e);
                """);
        sdk.assertIs("0 it took too long", "`${why.code} ${why.message}`");
    }

    @Test
    void returnEndsANextThatWaits() {
        sdk.runFake(
                """
                open();
                const loop = heddle.subscribe('c')[Symbol.asyncIterator]();
                const waiting = [loop.next(), loop.next()];
                globalThis.told = [await loop.return(7), ...(await Promise.all(waiting))];
                told.push(await loop.return(), await loop.next());
                for (let i = 0; i < 2; i++) {
                    await loop.throw(new Error('mine')).catch((e) => told.push(e.message));
                }
                """);
        sdk.assertIs(
                "7true true true true true mine mine",
                "told.map((it) => it.done ? `${it.value ?? ''}${it.done}` : it).join(' ')");
    }

    @Test
    void anEndIsToldOnceToALoop() {
        sdk.runFake(
                """
                open();
                const loop = heddle.subscribe('c')[Symbol.asyncIterator]();
                const first = loop.next().catch((e) => e.code);
                const second = loop.next();
                await until(() => sent.length === 2);
                answer('login', null);
                end(4501);
                globalThis.told = [await first, (await second).done, (await loop.next()).done];
                """);
        sdk.assertIs("4501 true true", "told.join(' ')");
    }

    @Test
    void whatIsUnsubscribedWhileItBeginsDeliversNothing() {
        sdk.runFake(
                """
                open();
                listen('c', { rewind: 1 });
                log.subscription.addEventListener('subscribed', () => log.subscription.unsubscribe());
                await until(() => sent.length === 2);
                answer('login', null);
                answer('subscribe', { epoch: 'e', offset: 1, publications: [{ offset: 1 }] });
                globalThis.first = log;
                heddle.subscribe('c').unsubscribe();
                listen('c');
                const early = sent.slice(3, 5);
                early.forEach(({ seq, cmd }) => come(seq, cmd, { epoch: 'e', offset: 1 }));
                come('', 'publication', { channel: 'c', epoch: 'e', offset: 2, data: 2 });
                come(sent[5].seq, 'subscribe', { epoch: 'e', offset: 2 });
                come('', 'publication', { channel: 'c', epoch: 'e', offset: 3, data: 3 });
                """);
        sdk.assertIs(" 3", "`${first.got} ${log.got}`");
        sdk.assertIs("login subscribe unsubscribe subscribe unsubscribe subscribe", "asked()");
    }

    @Test
    void aCloseCodeOfZeroIsABrokenConnection() {
        sdk.runFake(
                """
                open().connect();
                await until(() => sent.length === 1);
                end(0);
                """);
        sdk.assertIs(
                "1006 true",
                "`${states[1].code} ${states[1].sentence.startsWith('The connection broke')}`");
    }

    @ParameterizedTest
    @ValueSource(ints = {1013, 4013})
    void whoIsTooSlowComesBack(int code) {
        sdk.runFake("open().connect(); await until(() => sent.length === 1); end(" + code + ")");
        sdk.assertIs(
                "waiting true",
                "`${states[1].state} ${states[1].sentence.includes('could not keep up')}`");
    }
}

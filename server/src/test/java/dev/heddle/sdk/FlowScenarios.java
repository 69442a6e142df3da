package dev.heddle.sdk;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// How the client comes to its token and its connection, keeps to what the server takes, and gets
/// much in parts.
abstract class FlowScenarios extends FakedScenarios {
    @Test
    void theTokenComesBeforeTheSocketAndEachTryAsksAnew() {
        sdk.runFake(
                """
                globalThis.given = 0;
                const getToken = () =>
                    new Promise((give) => (given++ ? (globalThis.give = give) : null));
                open({ getToken, openTimeoutMs: 20 }).connect();
                await pause(100);
                globalThis.before = `${names()} ${typeof server}`;
                heddle.close();
                heddle.connect();
                give('late');
                await until(() => sent.length === 1);
                """);
        sdk.assertIs(
                "connecting undefined late 2", "`${before} ${sent[0].data.serviceToken} ${given}`");
    }

    @Test
    void aTokenThatNeverComesIsAskedForAgain() {
        sdk.runFake(
                """
                globalThis.given = 0;
                const getToken = () => (given++ ? 'second' : new Promise(() => {}));
                open({ getToken, tokenTimeoutMs: 50 }).connect();
                await until(() => sent.length === 1);
                """);
        sdk.assertIs(
                "second true",
                "`${sent[0].data.serviceToken} ${states[1].sentence.includes('too long')}`");
    }

    @Test
    void pausesGrowUntilALoginHasWorked() {
        sdk.runFake(
                """
                globalThis.clock = performance.now;
                globalThis.later = 0;
                performance.now = () => clock.call(performance) + later;
                const random = () => 0.5;
                open({ random, baseDelayMs: 20, maxDelayMs: 1e6, timeoutMs: 1e6 }).connect();
                globalThis.waits = () =>
                    states.filter(({ state }) => state === 'waiting').map((it) => it.delayMs);
                for (let i = 1; i <= 3; i++) {
                    await until(() => sent.length === i);
                    later += 60_000;
                    end(i === 2 ? 4008 : 4001);
                }
                await until(() => sent.length === 4);
                answer('login', null);
                later += 60_000;
                end(4008);
                globalThis.soFar = waits().join();
                await until(() => sent.length === 5);
                answer('login', null);
                later += 60_000;
                end();
                performance.now = clock;
                """);
        sdk.assertIs("10,20,40,80 10", "`${soFar} ${waits().at(-1)}`");
    }

    @Test
    void pausesGrowThoughATokenTakesLongToFail() {
        sdk.runFake(
                """
                globalThis.clock = performance.now;
                globalThis.later = 0;
                performance.now = () => clock.call(performance) + later;
                const getToken = async () => { later += 6000; throw new Error('no'); };
                open({ getToken, random: () => 0.5, baseDelayMs: 20, maxDelayMs: 1e6 }).connect();
                const waits = () => states.filter(({ state }) => state === 'waiting');
                await until(() => waits().length === 3);
                globalThis.told = waits().map((it) => it.delayMs).join();
                heddle.close();
                performance.now = clock;
                """);
        sdk.assertIs("10,20,40", "told");
    }

    @ParameterizedTest
    @ValueSource(strings = {"token", "socket", "login"})
    void isTriedAtOnceWhenTheNetworkIsBack(String at) {
        sdk.runFake(
                """
                globalThis.listening = [];
                globalThis.addEventListener = (type, action, { signal }) =>
                    type === 'online' && listening.push({ action, signal });
                const back = () => listening.find(({ signal }) => !signal.aborted).action();
                let given = 0;
                const getToken = () => ('AT' === 'token' && !given++ ? new Promise(() => {}) : 't');
                globalThis.sockets = 0;
                globalThis.WebSocket = class extends WebSocket {
                    constructor() {
                        super();
                        if (++sockets === 1 && 'AT' === 'socket') {
                            Object.defineProperty(this, 'onopen', { set() {}, get: () => () => {} });
                        }
                    }
                };
                open({ getToken, openTimeoutMs: 1e6, timeoutMs: 1e6, baseDelayMs: 1e6,
                    random: () => 1 }).connect();
                if ('AT' === 'login') {
                    await until(() => sent.length === 1);
                }
                await pause(30);
                back();
                await until(() => sent.length === ('AT' === 'login' ? 2 : 1));
                answer('login', null);
                sent.at(-1).isAnswered || answer('login', null);
                """
                        .replace("AT", at));
        sdk.assertIs("connected", "heddle.state");
    }

    @Test
    void whatIsTooBigFailsAloneAndWithItsSize() {
        sdk.runFake(
                """
                open();
                listen('c');
                await until(() => sent.length === 2);
                answer('login', { limits: { messageBytes: 200 } });
                answer('subscribe', { epoch: 'e', offset: 0 });
                globalThis.why = await heddle.publish('c', 'é'.repeat(100)).catch((e) => e);
                """);
        sdk.assertIs("true", "/^it has [23][0-9][0-9] bytes, .* 200$/.test(why.message)");
        sdk.assertIs(
                "1001 2 subscribed connected",
                "`${why.code} ${sent.length} ${log.subscription.state} ${heddle.state}`");
    }

    @Test
    void whatWasTooBigForAServerThatDidNotSaySoIsNotSentAgain() {
        sdk.runFake(
                """
                open();
                listen('c');
                await until(() => sent.length === 2);
                answer('login', null);
                answer('subscribe', { epoch: 'e', offset: 0 });
                const big = heddle.publish('c', 'x'.repeat(99)).catch((e) => e.code);
                globalThis.small = heddle.publish('c', 'x');
                end(1009);
                globalThis.failed = await big;
                await until(() => sent.length === 6);
                answer('login', null);
                await until(() => sent.length === 7);
                """);
        sdk.assertIs("1001 x", "`${failed} ${sent[6].data.data}`");
        sdk.run(
                "answer('publish', null); await small; answer('subscribe', { epoch: 'e', offset: 1"
                        + " })");
        sdk.run("end(1009)");
        sdk.assertIs("closed", "heddle.state");
    }

    @Test
    void muchComesInPartsThatGoOnWhereTheyWere() {
        sdk.runFake(
                """
                open();
                listen('c', { rewind: 9 });
                globalThis.parts = (from, to, more) => ({ epoch: 'e', offset: to, more,
                    publications: Array.from({ length: to - from }, (_, i) =>
                        ({ offset: from + i + 1, data: from + i + 1 })) });
                globalThis.caught = [];
                log.subscription.addEventListener('caughtUp', ({ detail }) => caught.push(detail.offset));
                await until(() => sent.length === 2);
                answer('login', null);
                answer('subscribe', parts(0, 2, true));
                globalThis.before = log.subscription.state;
                answer('subscribe', { ...parts(2, 4, true), recovered: true });
                end();
                await until(() => sent.length === 6);
                answer('login', null);
                answer('subscribe', { ...parts(4, 5), recovered: true });
                """);
        sdk.assertIs("1,2,3,4,5 5 subscribing", "`${log.got} ${caught} ${before}`");
        sdk.assertIs(
                "{\"channel\":\"c\",\"rewind\":9,\"limit\":500}"
                    + " {\"channel\":\"c\",\"recover\":{\"epoch\":\"e\",\"offset\":2},\"limit\":500}",
                "sent.slice(1, 3).map(({ data }) => JSON.stringify(data)).join(' ')");
        sdk.assertIs("{\"epoch\":\"e\",\"offset\":4}", "JSON.stringify(sent[5].data.recover)");
        sdk.assertIs("[null,true]", "JSON.stringify(log.begun)");
    }

    @Test
    void aPartThatIsGoneMeanwhileIsSaid() {
        sdk.runFake(
                """
                open();
                listen('c', { recover: { epoch: 'e', offset: 1 } });
                await until(() => sent.length === 2);
                answer('login', null);
                const publications = [{ offset: 2, data: 2 }];
                answer('subscribe', { epoch: 'e', offset: 2, publications, recovered: true, more: true });
                answer('subscribe', { epoch: 'e', offset: 9, publications: [], recovered: false });
                come('', 'publication', { channel: 'c', epoch: 'e', offset: 10, data: 10 });
                """);
        sdk.assertIs("[true,false] 2,10", "`${JSON.stringify(log.begun)} ${log.got}`");
    }

    @Test
    void aServerThatAlwaysHasMoreIsNotAskedAllTheTime() {
        sdk.runFake(
                """
                open();
                listen('c', { recover: { epoch: 'e', offset: 1 } });
                await until(() => sent.length === 2);
                answer('login', null);
                const publications = [];
                const { random } = Math;
                Math.random = () => 0.9; // or the pause may be one of no time
                answer('subscribe', { epoch: 'e', offset: 1, publications, recovered: true, more: true });
                await pause(50); // a timer that is due later cannot fire before it
                Math.random = random;
                log.seen = `${sent.length} ${log.subscription.state}`;
                """);
        sdk.assertIs("2 subscribing", "log.seen");
    }

    @Test
    void aLateAnswerIsTakenAndNotAskedForAgain() {
        sdk.runFake(
                """
                open({ timeoutMs: 60 });
                heddle.connect();
                await until(() => sent.length === 1);
                answer('login', null);
                listen('c', { rewind: 1 });
                await pause(300);
                answer('subscribe', { epoch: 'e', offset: 1, publications: [{ offset: 1, data: 1 }] });
                answer('heartbeat', null);
                """);
        sdk.assertIs("1  login subscribe heartbeat", "`${log.got} ${log.errors} ${asked()}`");
    }

    @Test
    void manyLateAnswersAreLookedPastTogether() {
        sdk.runFake(
                """
                open({ timeoutMs: 60 });
                heddle.connect();
                await until(() => sent.length === 1);
                answer('login', null);
                for (let i = 0; i < 50; i++) {
                    heddle.subscribe(`c${i}`);
                }
                await pause(300);
                """);
        sdk.assertIs("1", "sent.filter(({ cmd }) => cmd === 'heartbeat').length");
    }

    @Test
    void anAnswerThatALaterOneHasOvertakenIsAskedForAgain() {
        sdk.runFake(
                """
                open({ timeoutMs: 60 });
                heddle.connect();
                await until(() => sent.length === 1);
                answer('login', null);
                listen('c');
                await until(() => sent.length === 3);
                answer('heartbeat', null);
                await until(() => sent.length === 4);
                """);
        sdk.assertIs("0 subscribe", "`${log.errors} ${sent[3].cmd}`");
    }

    @Test
    void aKeepaliveWithoutAnAnswerEndsNothing() {
        sdk.runFake(
                """
                open({ timeoutMs: 50 });
                heddle.connect();
                await until(() => sent.length === 1);
                answer('login', null);
                come('', 'keepalive', null);
                await pause(200);
                """);
        sdk.assertIs("login heartbeat connected", "`${asked()} ${heddle.state}`");
    }

    @Test
    void manySubscriptionsAreAskedForAsFastAsTheServerTakesThem() {
        sdk.runFake(
                """
                open({ timeoutMs: 20_000 });
                for (let i = 0; i < 300; i++) {
                    heddle.subscribe(`c${i}`);
                }
                await until(() => sent.length >= 90);
                globalThis.atOnce = sent.length;
                const limits = { commandsPerSecond: 400, commandBurst: 20 };
                answer('login', { limits });
                globalThis.beganMs = performance.now();
                globalThis.before = sent.length;
                heddle.request('mine').catch(() => {});
                await until(() => sent.some(({ cmd }) => cmd === 'mine'));
                globalThis.left = 301 - sent.length;
                await until(() => sent.length === 302);
                globalThis.tookMs = performance.now() - beganMs;
                """);
        sdk.assertIs("true", "atOnce < 301 && left > 0");
        sdk.assertIs("true", "tookMs > ((301 - before - 20) * 1000) / 400");
        sdk.assertIs("300", "new Set(sent.map(({ data }) => data.channel)).size - 1");
    }

    @Test
    void noLimitIsNoPause() {
        sdk.runFake(
                """
                open({ timeoutMs: 1e6 });
                heddle.connect();
                await until(() => sent.length === 1);
                answer('login', { limits: { messageBytes: 0, commandsPerSecond: 0, commandBurst: 1 } });
                for (let i = 0; i < 500; i++) {
                    heddle.subscribe(`c${i}`);
                }
                """);
        sdk.assertIs("501", "sent.length");
    }
}

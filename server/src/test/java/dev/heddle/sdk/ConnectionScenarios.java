package dev.heddle.sdk;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.Map;

/// How the client connects, logs in, stays connected and comes back.
abstract class ConnectionScenarios {
    private Sdk sdk;

    abstract Script script(int port) throws Exception;

    @BeforeEach
    void begin() throws Exception {
        Map<String, String> settings =
                Map.of(
                        "HEDDLE_DEADLINES_HEAD", "1s",
                        "HEDDLE_TOKEN_SECRET", Sdk.SECRET,
                        "HEDDLE_TOKEN_LEEWAY", "0s");
        sdk = new Sdk(this::script, settings);
    }

    @AfterEach
    void end() throws Exception {
        sdk.close();
    }

    @Test
    void aTokenIsRenewedInTimeThoughTheClockIsWrong() {
        sdk.run(
                """
                Date.now = () => clock() - 1e9;
                globalThis.given = 0;
                open({ getToken: () => (given++, makeToken({ sub: 'Ada' }, 3)) });
                listen(CHANNEL);
                """);
        sdk.await("given === 4");
        sdk.assertIs("connecting connected", "names()");
        sdk.assertIs("[]", "JSON.stringify(failures)");
    }

    @Test
    void anExpiredLoginComesBackWithANewToken() {
        sdk.run(
                """
                globalThis.given = 0;
                const once = { sub: 'Ada', iat: undefined };
                open({ getToken: () => makeToken(once, given++ ? 3600 : 8) });
                heddle.connect();
                """);
        sdk.await("states.filter(({ state }) => state === 'connected').length === 2");
        sdk.assertIs("connecting connected waiting connecting connected", "names()");
        sdk.assertIs("4003 2", "states[2].code + ' ' + given");
    }

    @Test
    void aTokenThatIsRefusedIsReplacedOnceAndThenItIsOver() {
        sdk.run(
                """
                globalThis.given = 0;
                open({ getToken: () => (given++, makeToken({ sub: 'Bob' }, 3600)) });
                globalThis.failed = await heddle.request('heartbeat').catch((e) => e.message);
                """);
        sdk.assertIs("the connection was lost", "failed");
        sdk.assertIs("connecting closed 1 1003", "`${names()} ${given} ${states[1].refused}`");
        sdk.assertIs(true, "/^The server says: .*\\(1003\\)$/.test(states[1].sentence)");
    }

    @Test
    void withoutATokenItTriesAgain() {
        sdk.run(
                """
                globalThis.given = 0;
                const fail = () => Promise.reject(new Error('no network'));
                open({ getToken: () => (given++ < 2 ? fail() : makeToken({ sub: 'Ada' }, 3600)) });
                await heddle.request('heartbeat');
                """);
        sdk.assertIs(
                "connecting waiting connecting waiting connecting connected 3",
                "`${names()} ${given}`");
        sdk.assertIs(true, "states[1].sentence.includes('no network')");
    }

    @Test
    void whoIsSentAwayStaysAway() throws Exception {
        sdk.run("open({ token: await makeToken({ sub: 'Ada' }, 3600) }); listen(CHANNEL)");
        sdk.await("log.begun.length === 1");
        sdk.call("POST", "users/Ada/disconnect", "");
        sdk.await("heddle.state === 'closed'");
        sdk.assertIs(
                "An operator or a service ended this connection. (4501: disconnected)",
                "states.at(-1).sentence");
        sdk.await("log.read.length === 1");
        sdk.assertIs("failed 4501", "log.read[0]");
        sdk.run("globalThis.refused = await heddle.request('heartbeat').catch((e) => e.code)");
        sdk.assertIs(0, "refused");
        sdk.run("heddle.connect()");
        sdk.await("log.begun.length === 2");
        sdk.assertIs(true, "log.begun[1]");
    }

    @Test
    void whoIsSentAwayByAServerThatStopsComesBackWhenItMayBeThereAgain() throws Exception {
        sdk.run("open({ token: await makeToken({ sub: 'Ada' }, 3600) }); heddle.connect()");
        sdk.await("heddle.state === 'connected'");
        sdk.call("POST", "server/drain?over=0s", "");
        sdk.await("heddle.state === 'waiting'");
        sdk.assertIs(
                "1001: server is going away; come back in 5s",
                "`${states.at(-1).code}: ${states.at(-1).reason}`");
        sdk.assertIs(true, "states.at(-1).delayMs >= 5000 && states.at(-1).delayMs < 7000");
    }

    @Test
    void signalsEndWhatTheyAreGivenTo() {
        sdk.run(
                """
                const getToken = () => makeToken({ sub: 'Ada' }, 3600);
                globalThis.all = new AbortController();
                globalThis.one = new AbortController();
                globalThis.told = [];
                const note = (error) => told.push(error.name);
                open({ getToken, signal: all.signal });
                listen(CHANNEL, { signal: one.signal });
                const asked = heddle.request('heartbeat', {}, { signal: one.signal });
                one.abort();
                await asked.catch(note);
                await heddle.request('heartbeat', {}, { signal: one.signal }).catch(note);
                try {
                    heddle.subscribe('other', { signal: one.signal });
                } catch (error) {
                    note(error);
                }
                await heddle.request('heartbeat');
                all.abort();
                """);
        sdk.assertIs("AbortError AbortError AbortError", "told.join(' ')");
        sdk.assertIs("unsubscribed closed", "log.subscription.state + ' ' + heddle.state");
        sdk.assertIs("end", "log.read.join()");
        sdk.assertIs("connecting connected closed", "names()");
    }

    @Test
    void aSleepIsNotTakenForADeadServer() throws Exception {
        sdk.run(
                """
                const getToken = () => makeToken({ sub: 'Ada' }, 3600);
                open({ getToken, silenceMs: 200, timeoutMs: 500 });
                listen(CHANNEL);
                """);
        sdk.await("log.begun.length === 1");
        sdk.sleepWhile(() -> sdk.publish(0, 5));
        sdk.await("log.got.length === 5");
        sdk.run("await heddle.request('heartbeat')");
        sdk.assertIs("connecting connected", "names()");
    }

    @Test
    void anAnswerThatCameDuringASleepIsNotTooLate() throws Exception {
        sdk.run(
                """
                open({ token: await makeToken({ sub: 'Ada' }, 3600) });
                await heddle.request('heartbeat');
                """);
        sdk.network().freezeAnswers();
        sdk.run("globalThis.asked = heddle.request('heartbeat', {}, { timeoutMs: 1500 })");
        sdk.sleepWhile(() -> sdk.network().thaw());
        sdk.run("await asked");
    }

    @Test
    void aSleepThatTheConnectionDidNotOutliveIsMadeGood() throws Exception {
        sdk.run(
                """
                const getToken = () => makeToken({ sub: 'Ada' }, 3600);
                open({ getToken, silenceMs: 200, timeoutMs: 500 });
                listen(CHANNEL);
                """);
        sdk.await("log.begun.length === 1");
        sdk.sleepWhile(
                () -> {
                    sdk.network().reset();
                    sdk.publish(0, 5);
                });
        sdk.await("log.got.length === 5");
        sdk.assertIs("0,1,2,3,4", "log.got.join()");
        sdk.assertIs("true", "log.begun.at(-1)");
    }
}

package dev.heddle.sdk;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.Map;

/// What the client says and makes of what it hears, word by word: its server is made up.
abstract class WireScenarios {
    private Sdk sdk;

    abstract Script script(int port) throws Exception;

    @BeforeEach
    void begin() throws Exception {
        sdk = new Sdk(this::script, Map.of());
    }

    @AfterEach
    void end() throws Exception {
        sdk.close();
    }

    @Test
    void asksForEverythingInOneGo() {
        sdk.runFake(
                "open(); listen('a'); listen('b'); heddle.request('heartbeat').catch(() => {})");
        sdk.await("sent.length === 3");
        sdk.assertIs("login subscribe subscribe", "asked()");
        sdk.assertIs(
                "{\"userID\":\"Ada\",\"serviceToken\":\"\",\"pingSeconds\":25}",
                "JSON.stringify(sent[0].data)");
        sdk.run("answer('login', null)");
        sdk.assertIs("login subscribe subscribe heartbeat", "asked()");
        sdk.run("answer('subscribe', { epoch: 'e', offset: 7 }); sent.length = 0");
        sdk.run("server.onclose({ code: 1001, reason: '' })");
        sdk.await("sent.length === 3");
        sdk.assertIs("login subscribe subscribe", "asked()");
        sdk.assertIs(
                "{\"channel\":\"a\",\"recover\":{\"epoch\":\"e\",\"offset\":7},\"limit\":500}"
                        + " {\"channel\":\"b\"}",
                "sent.slice(1).map(({ data }) => JSON.stringify(data)).join(' ')");
    }

    @Test
    void aGapIsFilledAndNothingComesTwice() {
        sdk.runFake(
                """
                open();
                listen('c');
                globalThis.publish = (offset, epoch = 'e') =>
                    come('', 'publication', { channel: 'c', epoch, offset, data: offset });
                """);
        sdk.await("sent.length === 2");
        sdk.run(
                """
                publish(9);
                answer('login', null);
                answer('subscribe', { epoch: 'e', offset: 0, publications: [] });
                [1, 1, 2, 4, 5].forEach((offset) => publish(offset));
                """);
        sdk.assertIs("1,2", "log.got.join()");
        sdk.assertIs("login subscribe subscribe", "asked()");
        sdk.run(
                """
                const publications = [3, 4, 5].map((offset) => ({ offset, data: offset }));
                const reply = { epoch: 'e', offset: 5, recovered: true, publications };
                globalThis.from = answer('subscribe', reply).recover;
                [5, 6].forEach((offset) => publish(offset));
                """);
        sdk.assertIs("1,2,3,4,5,6", "log.got.join()");
        sdk.assertIs("{\"epoch\":\"e\",\"offset\":2}", "JSON.stringify(from)");
        sdk.run(
                """
                publish(1, 'f');
                answer('subscribe', { epoch: 'f', offset: 1, recovered: false, publications: [] });
                publish(2, 'f');
                """);
        sdk.assertIs("1,2,3,4,5,6,2", "log.got.join()");
        sdk.assertIs("[null,true,false]", "JSON.stringify(log.begun)");
    }

    @Test
    void whatTheServerEndsGoesOnIfItSaysSo() {
        sdk.runFake("open(); listen('c')");
        sdk.await("sent.length === 2");
        sdk.run(
                """
                answer('login', null);
                answer('subscribe', { epoch: 'e', offset: 3 });
                const gone = { channel: 'c', reason: 'moved', resubscribe: true };
                come('', 'unsubscribed', gone);
                """);
        sdk.await("sent.length === 3");
        sdk.assertIs(
                "3",
                "answer('subscribe', { epoch: 'e', offset: 3, recovered: true }).recover.offset");
        sdk.run("come('', 'unsubscribed', { channel: 'c', reason: 'out', resubscribe: false })");
        sdk.await("log.read.length === 1");
        sdk.assertIs("unsubscribed end", "log.subscription.state + ' ' + log.read[0]");
        sdk.assertIs(2, "log.ended.length");
    }

    @Test
    void whatIsAskedWhileAConnectionClosesWaitsForTheNext() {
        sdk.runFake("open(); heddle.connect()");
        sdk.await("sent.length === 1");
        sdk.run(
                """
                answer('login', null);
                server.readyState = 2;
                globalThis.published = heddle.publish('c', 1);
                await new Promise((resolve) => setTimeout(resolve));
                server.onclose({ code: 1006, reason: '' });
                """);
        sdk.await("asked() === 'login login'");
        sdk.run(
                """
                answer('login', null);
                answer('publish', { channel: 'c', epoch: 'e', offset: 1 });
                globalThis.at = (await published).offset;
                """);
        sdk.assertIs(1, "at");
    }

    @Test
    void aRequestWithoutAnAnswerFails() {
        sdk.runFake("open({ timeoutMs: 100 })");
        sdk.run(
                """
                globalThis.told = [];
                const failed = heddle.request('never', {}, { timeoutMs: 5000 }).catch((e) => told.push(e));
                while (sent.length === 0) {
                    await new Promise((resolve) => setTimeout(resolve));
                }
                answer('login', null);
                await heddle.request('slow').catch((e) => told.push(e));
                server.onclose({ code: 1006, reason: '' });
                await failed;
                """);
        sdk.assertIs(
                "0 it took too long,0 the connection was lost",
                "told.map(({ code, message }) => `${code} ${message}`).join()");
    }
}

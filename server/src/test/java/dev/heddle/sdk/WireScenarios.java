package dev.heddle.sdk;

import org.junit.jupiter.api.Test;

/// What the client says and makes of what it hears, word by word: its server is made up.
abstract class WireScenarios extends FakedScenarios {
    @Test
    void aServerAtWorkOnALongAnswerHasNoLessTimeForASignOfLife() {
        sdk.runFake("open({ silenceMs: 100 }); listen('a')");
        sdk.await("sent.length === 2");
        sdk.run("answer('login', null)");
        sdk.await("asked().includes('heartbeat')");
        sdk.run("await pause(500); answer('subscribe', { epoch: 'e', offset: 7 })");
        sdk.assertIs("connecting connected", "names()");
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
    void comesBackWhenTheServerSaysAndNotAllAtTheSameMoment() {
        sdk.runFake("open({ random: () => 0.25 }); heddle.connect()");
        sdk.await("sent.length === 1");
        sdk.run("server.onclose({ code: 1001, reason: 'server is going away; come back in 65s' })");
        sdk.assertIs("waiting 65500", "heddle.state + ' ' + states.at(-1).delayMs");
        sdk.run("sent.length = 0; heddle.connect()");
        sdk.await("sent.length === 1");
        sdk.run(
                "server.onclose({ code: 1001, reason: 'connection is old enough; come back in 0s'"
                        + " })");
        sdk.assertIs("waiting 500", "heddle.state + ' ' + states.at(-1).delayMs");
        sdk.await("sent.length === 2");
        sdk.run("server.onclose({ code: 1001, reason: 'come back in a while' })");
        sdk.assertIs(true, "states.at(-1).delayMs <= 50");
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

    @Test
    void aLoopThatTooManyPublicationsWaitForFailsOnce() {
        sdk.runFake(
                """
                open();
                const subscription = heddle.subscribe('c');
                const loop = subscription[Symbol.asyncIterator]();
                const first = loop.next();
                await until(() => sent.length === 2);
                answer('login', null);
                answer('subscribe', { epoch: 'e', offset: 0 });
                for (let offset = 1; offset <= 10_010; offset++) {
                    come('', 'publication', { channel: 'c', epoch: 'e', offset });
                }
                await first;
                globalThis.count = 1;
                const next = () => loop.next().catch((error) => error);
                let last = await next();
                for (; last.value; last = await next()) {
                    count++;
                }
                globalThis.told = [last.name, last.message, (await next()).done, subscription.state];
                """);
        sdk.assertIs("10002", "count");
        sdk.assertIs("RangeError,more than 10000 publications wait,true,subscribed", "told.join()");
    }

    @Test
    void aHistoryThatComesInPartsIsGivenWholeAndAsItWasAtFirst() {
        sdk.runFake(
                """
                open();
                globalThis.past = heddle.history('c', { limit: 5 });
                globalThis.part = (from, to, offset, more) => ({ channel: 'c', epoch: 'e', offset, more,
                    publications: Array.from({ length: to - from + 1 }, (_, i) =>
                        ({ offset: from + i, data: from + i })) });
                await until(() => sent.length === 1);
                answer('login', null);
                answer('history', part(6, 8, 9, true));
                await until(() => sent.length === 3);
                globalThis.then = answer('history', part(9, 9, 11, true));
                globalThis.past = await past;
                """);
        sdk.assertIs(
                "{\"epoch\":\"e\",\"offset\":8} 1",
                "`${JSON.stringify(then.since)} ${then.limit}`");
        sdk.assertIs(
                "6,7,8,9 e 9 undefined",
                "`${past.publications.map(({ data }) => data)} ${past.epoch} ${past.offset}"
                        + " ${past.more}`");
        sdk.run(
                """
                globalThis.past = heddle.history('c', { since: { epoch: 'e', offset: 3 }, limit: 3 });
                await until(() => sent.length === 4);
                answer('history', part(4, 5, 11, true));
                await until(() => sent.length === 5);
                globalThis.then = answer('history', part(6, 6, 11, true));
                globalThis.past = await past;
                """);
        sdk.assertIs("5 1", "`${then.since.offset} ${then.limit}`");
        sdk.assertIs("4,5,6 5", "`${past.publications.map(({ data }) => data)} ${sent.length}`");
    }
}

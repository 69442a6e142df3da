package dev.heddle.sdk;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// What comes from channels, and what becomes of it when the network goes wrong.
abstract class ChannelScenarios {
    private static final String SUBSCRIBED = "log.begun.length === 1";

    private Sdk sdk;

    abstract Script script(int port) throws Exception;

    @BeforeEach
    void begin() throws Exception {
        sdk =
                new Sdk(
                        this::script,
                        Map.of(
                                "HEDDLE_DEADLINES_HEAD", "1s",
                                "HEDDLE_CHANNELS_SUBSCRIPTIONS", "300",
                                "HEDDLE_COMMANDS_PATIENCE", "1s"));
    }

    @AfterEach
    void end() throws Exception {
        sdk.close();
    }

    @Test
    void publicationsComeToListenersAndLoopsInOrder() throws Exception {
        sdk.run("open(); listen(CHANNEL)");
        sdk.await(SUBSCRIBED);
        sdk.assertIs(0, "log.subscription.position.offset");
        sdk.publish(0, 20);
        sdk.run("globalThis.last = await heddle.publish(CHANNEL, { deep: [1, null, 'é'] })");
        sdk.await("log.got.length === 21");
        sdk.assertIs(
                numbers(20) + ",{\"deep\":[1,null,\"é\"]}", "JSON.stringify(log.got).slice(1, -1)");
        sdk.assertIs(true, "JSON.stringify(log.got) === JSON.stringify(log.read)");
        sdk.assertIs("21", "last.offset");
        sdk.assertIs("21 true", "log.subscription.position.offset + ' ' + (log.begun[0] === null)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"cut", "reset"})
    void whatWasMissedComesOnceAndInOrder(String how) throws Exception {
        sdk.run("open(); listen(CHANNEL)");
        sdk.await(SUBSCRIBED);
        for (int round = 0; round < 5; round++) {
            sdk.publish(round * 20, round * 20 + 10);
            if (how.equals("cut")) {
                sdk.network().cut();
            } else {
                sdk.network().reset();
            }
            sdk.publish(round * 20 + 10, round * 20 + 20);
            int rounds = round + 2;
            sdk.await("log.begun.length >= " + rounds);
        }
        sdk.await("log.got.length >= 100");
        sdk.assertIs(numbers(100), "log.got.join()");
        sdk.assertIs(numbers(100), "log.read.join()");
        sdk.assertIs("true", "log.begun.slice(1).every((recovered) => recovered === true)");
    }

    @Test
    void aDeadConnectionIsGivenUpAndNothingIsLost() throws Exception {
        sdk.run("open({ silenceMs: 300, timeoutMs: 1000 }); listen(CHANNEL)");
        sdk.await(SUBSCRIBED);
        sdk.publish(0, 5);
        sdk.network().freeze();
        sdk.publish(5, 10);
        sdk.await("states.some(({ state }) => state === 'waiting')");
        sdk.assertIs(
                "The connection broke, or the server could not be reached. (1006: no sign of"
                        + " life)",
                "states.find(({ state }) => state === 'waiting').sentence");
        sdk.network().thaw();
        sdk.await("log.got.length === 10");
        sdk.assertIs(numbers(10), "log.got.join()");
    }

    @Test
    void aSlowNetworkIsNotADeadOne() throws Exception {
        sdk.network().delay(Duration.ofMillis(400));
        sdk.run("open({ silenceMs: 200 }); listen(CHANNEL)");
        sdk.await(SUBSCRIBED);
        sdk.publish(0, 5);
        sdk.await("log.got.length === 5");
        sdk.assertIs("connecting connected", "names()");
    }

    @Test
    void triesAgainThoughNobodyIsThereOrAnswers() throws Exception {
        sdk.network().freeze();
        sdk.run("open(); listen(CHANNEL)");
        sdk.await("names().startsWith('connecting waiting connecting waiting connecting')");
        sdk.leaveNobodyThere();
        sdk.run("states.length = 0");
        sdk.await("names().includes('waiting connecting waiting connecting waiting')");
        sdk.findAgain();
        sdk.await(SUBSCRIBED);
    }

    @Test
    void saysWhenWhatWasMissedCannotBeHad() throws Exception {
        sdk.run("open(); listen(CHANNEL)");
        sdk.await(SUBSCRIBED);
        sdk.publish(0, 3);
        sdk.await("log.got.length === 3");
        sdk.restart();
        sdk.await("log.begun.length === 2");
        sdk.publish(3, 5);
        sdk.await("log.got.length === 5");
        sdk.assertIs(numbers(5), "log.got.join()");
        sdk.assertIs("[null,false]", "JSON.stringify(log.begun)");
    }

    @Test
    void publishesOnceThoughTheAnswerIsLost() throws Exception {
        sdk.run("open(); listen(CHANNEL)");
        sdk.await(SUBSCRIBED);
        sdk.network().freezeAnswers();
        sdk.run("globalThis.published = heddle.publish(CHANNEL, 'once')");
        sdk.awaitPublication(1);
        sdk.network().reset();
        sdk.network().thaw();
        sdk.run("globalThis.at = (await published).offset");
        sdk.assertIs(1, "at");
        sdk.await("log.got.length === 1");
        sdk.run("await heddle.publish(CHANNEL, 'then')");
        sdk.await("log.got.length === 2");
        sdk.assertIs("once,then", "log.got.join()");
    }

    @Test
    void goesOnFromAPositionThatWasKept() throws Exception {
        sdk.publish(0, 6);
        sdk.run("open(); listen(CHANNEL, { rewind: 2 })");
        sdk.await("log.got.length === 2");
        sdk.assertIs("4,5", "log.got.join()");
        sdk.run("globalThis.kept = log.subscription.position; log.subscription.unsubscribe()");
        sdk.await("log.read.length === 3");
        sdk.assertIs("4,5,end", "log.read.join()");
        sdk.publish(6, 9);
        sdk.run("listen(CHANNEL, { recover: kept })");
        sdk.await("log.got.length === 3");
        sdk.assertIs("6,7,8 true", "log.got.join() + ' ' + log.begun.join()");
    }

    @Test
    void historyAndPresence() throws Exception {
        sdk.publish(0, 6);
        sdk.run("open(); listen(CHANNEL)");
        sdk.await(SUBSCRIBED);
        sdk.run("globalThis.past = await heddle.history(CHANNEL, { limit: 2 })");
        sdk.assertIs("4,5", "past.publications.map(({ data }) => data).join()");
        sdk.run(
                "past = await heddle.history(CHANNEL,"
                        + " { since: { epoch: past.epoch, offset: 3 } })");
        sdk.assertIs("3,4,5", "past.publications.map(({ data }) => data).join()");
        sdk.run("globalThis.present = await heddle.presence(CHANNEL)");
        sdk.assertIs("Ada", "present.map(({ userID }) => userID).join()");
        sdk.run("globalThis.stats = await heddle.presenceStats(CHANNEL)");
        sdk.assertIs("1 1", "stats.connections + ' ' + stats.users");
    }

    /// More than one reply in portions has.
    @Test
    void aLargeHistoryHasTheNewestPublications() throws Exception {
        String filler = "x".repeat(1024);
        for (int number = 0; number < 100; number++) {
            String body = "{\"data\":\"%d %s\"}".formatted(number, filler);
            sdk.call("POST", "channels/" + Sdk.CHANNEL + "/publications", body);
        }
        sdk.run("open(); globalThis.past = await heddle.history(CHANNEL)");
        sdk.assertIs(numbers(100), "past.publications.map(({ data }) => parseInt(data)).join()");
    }

    @Test
    void aRefusedSubscriptionSaysWhyAndIsOver() {
        sdk.run("open(); listen('')");
        sdk.await("log.read.length === 1");
        sdk.assertIs("1001 1001 failed 1001", "[log.errors, log.ended, log.read].join(' ')");
        sdk.assertIs("unsubscribed", "log.subscription.state");
        sdk.run("listen('')");
        sdk.await("log.read.length === 1");
    }

    /// The server gives up who sends 50 more at once than it takes.
    @Test
    void manySubscriptionsComeBackAfterACut() {
        sdk.run(
                """
                open();
                globalThis.begun = 0;
                for (let i = 0; i < 250; i++) {
                    heddle.subscribe(`many:${i}`).addEventListener('caughtUp', () => begun++);
                }
                """);
        sdk.await("begun === 250");
        sdk.network().reset();
        sdk.await("begun === 500");
        sdk.assertIs("connecting connected waiting connecting connected", "names()");
    }

    @Test
    void aPublicationOverTheLimitFailsAloneAndWithItsSize() {
        sdk.run("open(); listen(CHANNEL)");
        sdk.await(SUBSCRIBED);
        sdk.run(
                """
                globalThis.why =
                    await heddle.publish(CHANNEL, 'x'.repeat(70_000)).catch((error) => error);
                await heddle.publish(CHANNEL, 'small');
                """);
        sdk.await("log.got.length === 1");
        sdk.assertIs("1001 true", "`${why.code} ${/70[0-9]{3} bytes.* 65536/.test(why.message)}`");
        sdk.assertIs("connecting connected", "names()");
    }

    @Test
    void aServiceSubscribesAUser() throws Exception {
        sdk.run(
                """
                open().addEventListener('subscription', ({ detail }) => {
                    globalThis.theirs = { channel: detail.channel, got: [] };
                    detail.addEventListener('publication', ({ detail }) =>
                        theirs.got.push(detail.data));
                });
                await heddle.request('heartbeat');
                """);
        sdk.call("PUT", "users/Ada/subscriptions/" + Sdk.CHANNEL, "");
        sdk.await("globalThis.theirs");
        sdk.publish(0, 3);
        sdk.await("theirs.got.length === 3");
        sdk.network().reset();
        sdk.publish(3, 6);
        sdk.await("theirs.got.length === 6");
        sdk.assertIs(numbers(6), "theirs.got.join()");
    }

    private static String numbers(int count) {
        return IntStream.range(0, count).mapToObj(String::valueOf).collect(Collectors.joining(","));
    }
}

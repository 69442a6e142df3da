package dev.heddle.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.config.ChannelRule.Who;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.List;

class ChannelRuleTest {
    private static List<ChannelRule> rules(String text) {
        return ChannelRule.withDefaults(ChannelRule.KIND.parse(text).orElseThrow());
    }

    private static ChannelRule rule(String channel, String text) {
        return ChannelRule.of(channel, rules(text));
    }

    @Test
    void whatARuleDoesNotSayIsTheDefault() {
        ChannelRule rule = rule("news:1", "news:*");
        assertEquals(Who.USERS, rule.subscribe());
        assertEquals(Who.BACKENDS, rule.publish());
        assertEquals(Who.SUBSCRIBERS, rule.presence());
        assertEquals(100, rule.history());
        assertEquals(Duration.ofMinutes(5), rule.historyTtl());
        assertEquals(256 << 10, rule.maxHistoryBytes());
        assertFalse(rule.sendsLatest());
        assertFalse(rule.tellsJoins());
        assertEquals(Duration.ofSeconds(5), rule.grace());
    }

    @Test
    void aRuleSaysWhatIsDifferent() {
        ChannelRule rule =
                rule(
                        "a",
                        "a subscribe=backends publish=users presence=users history=7"
                                + " history-ttl=2h history-bytes=1MiB joins=true grace=0s");
        assertEquals(Who.BACKENDS, rule.subscribe());
        assertEquals(Who.USERS, rule.publish());
        assertEquals(Who.USERS, rule.presence());
        assertEquals(7, rule.history());
        assertEquals(Duration.ofHours(2), rule.historyTtl());
        assertEquals(1 << 20, rule.maxHistoryBytes());
        assertTrue(rule.tellsJoins());
        assertEquals(Duration.ZERO, rule.grace());
    }

    @Test
    void ofTheLatestOneIsKeptForADay() {
        assertEquals(1, rule("p", "p latest=true").history());
        assertEquals(Duration.ofHours(24), rule("p", "p latest=true").historyTtl());
        assertEquals(5, rule("p", "p latest=true history=5").history());
    }

    @ParameterizedTest
    @CsvSource({
        "news:1, news:*",
        "news:, news:*",
        "news, *",
        "a.b, a.b",
        "axb, *",
        "x:tail, *:tail",
        "a-1-b-2, a-*-b-*",
        "room:101, room:*",
        "user:ann, user:{user}",
        "user:, *",
        "'line\nend', *",
    })
    void theFirstRuleThatMatchesHolds(String channel, String pattern) {
        String text = rule(channel, "news:*, a.b, *:tail, a-*-b-*, user:{user}").toString();
        assertEquals(pattern, text.split(" ", 2)[0]);
    }

    @Test
    void thoseWhoAreSubscribedMayPublishInRooms() {
        ChannelRule room = rule("room:1", "");
        assertFalse(room.permits(room.publish(), "room:1", "ann", false));
        assertTrue(room.permits(room.publish(), "room:1", "ann", true));
        ChannelRule other = rule("other", "");
        assertFalse(other.permits(other.publish(), "other", "ann", true));
        assertTrue(other.permits(other.subscribe(), "other", "ann", false));
    }

    @Test
    void anotherUsersChannelIsClosed() {
        ChannelRule rule = rule("user:ann", "user:{user}");
        assertTrue(rule.permits(Who.USERS, "user:ann", "ann", false));
        assertFalse(rule.permits(Who.USERS, "user:ann", "ben", false));
        assertFalse(rule.permits(Who.USERS, "user:ann", "*", false));
        assertFalse(rule.permits(Who.USERS, "user:ann", ".*", false));
        assertTrue(rule.permits(Who.USERS, "user:a:b", "a:b", false));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "news:* history",
                "news:* history=x",
                "news:* history=-1",
                "news:* history=1 history=2",
                "news:* colour=red",
                "news:* publish=everybody",
                "news:* latest=yes",
                "news:* grace=1",
                "news:* history-bytes=2GiB",
                "{user}:{user}",
                "user:{user}:*",
                "*:{user}",
                "news:* grace=11m",
                "a, ",
                ", a",
                "history=1",
                "a=b",
            })
    void whatIsNoRuleIsRefused(String text) {
        assertTrue(ChannelRule.KIND.parse(text).isEmpty());
    }
}

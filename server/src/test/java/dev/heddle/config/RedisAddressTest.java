package dev.heddle.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.heddle.config.RedisAddress.Server;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.Optional;

class RedisAddressTest {
    private static RedisAddress read(String text) {
        return RedisAddress.parse(text).orElseThrow();
    }

    @Test
    void readsWhereARedisIs() {
        assertEquals(
                new RedisAddress(List.of(new Server("10.0.0.5", 6379)), false, "", 0, ""),
                read("redis://10.0.0.5"));
        assertEquals(
                new RedisAddress(List.of(new Server("::1", 7000)), true, "a b", 3, ""),
                read("rediss://a%20b@[::1]:7000/3"));
    }

    @Test
    void readsWhereSentinelsAreThatKnowIt() {
        assertEquals(
                new RedisAddress(
                        List.of(new Server("one", 26379), new Server("two", 7000)),
                        false,
                        "heddle",
                        2,
                        "my-primary"),
                read("redis-sentinel://heddle@one,two:7000/2#my-primary"));
        assertEquals(
                new RedisAddress(List.of(new Server("::1", 26379)), true, "", 0, "main"),
                read("rediss-sentinel://[::1]#main"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "10.0.0.5",
                "http://10.0.0.5",
                "redis://",
                "redis://one,two",
                "redis://one,",
                "redis://one#main",
                "redis://one:0",
                "redis://one:99999",
                "redis://one:x",
                "redis://one/x",
                "redis://one/12345",
                "redis://one?a=b",
                "redis://user:password@one",
                "redis://@one",
                "redis-sentinel://one",
                "redis-sentinel://one#",
                "redis-sentinel://one,,two#main",
                "redis-sentinel://user:password@one#main",
                "redis+sentinel://one#main",
                "redis://a%2@one",
            })
    void refusesWhatIsNone(String text) {
        assertEquals(Optional.empty(), RedisAddress.parse(text));
    }
}

package dev.heddle.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.Optional;

class PathListTest {

    @ParameterizedTest
    @ValueSource(strings = {"/", "/ws", "/v1/ws", "/ws/", "/a.b-c_d~e", "/a:1;b=2@c", "/..."})
    void aPathIsTakenAsClientsSendIt(String path) {
        assertEquals(Optional.of(List.of(path)), PathList.KIND.parse(path));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/,/ws", "/ , /ws", " /,/ws "})
    void aListHasCommas(String text) {
        assertEquals(Optional.of(List.of("/", "/ws")), PathList.KIND.parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "ws",
                "ws/",
                "/ws?a=b",
                "/ws#a",
                "/a b",
                "/%zz",
                "/%2",
                "/%77s",
                "//",
                "//ws",
                "/a//b",
                "/.",
                "/..",
                "/a/../b",
                "/ä",
                "/a\nb",
                "/a\"b",
                "/a\\b",
                "/ws,",
                ",/ws",
                "/ws,/ws",
                "ws://127.0.0.1/ws",
                "*",
            })
    void whatNoClientWouldSendSoIsRefused(String text) {
        assertEquals(Optional.empty(), PathList.KIND.parse(text));
    }

    @Test
    void aPathHasABound() {
        assertTrue(PathList.KIND.parse("/" + "a".repeat(254)).isPresent());
        assertTrue(PathList.KIND.parse("/" + "a".repeat(255)).isEmpty());
    }
}

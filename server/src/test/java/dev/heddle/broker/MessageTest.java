package dev.heddle.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.acc.wire.Pushes;
import dev.heddle.json.Json;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

class MessageTest {
    private static final int TEXT = 1000;

    @ParameterizedTest
    @ValueSource(strings = {"a", "<", "&", "\"", "\\", "\n", "\u0000", "\u2028"})
    void aTextCountsForAsMuchAsItIsInJson(String character) throws Exception {
        Message message = new Message(Message.Kind.TEXT, character.repeat(TEXT), null, null, null);
        int more = message.jsonLength() - new Message("", null, null, null).jsonLength();
        History history =
                new History(new Position("e", 1), List.of(new Publication(1, message)), true);
        int written = Json.writeAsGo(Pushes.published(history)).length;
        assertTrue(written <= more + 100, () -> written + " bytes, counted as " + more);
        assertEquals(character.equals("a"), more == TEXT);
    }
}

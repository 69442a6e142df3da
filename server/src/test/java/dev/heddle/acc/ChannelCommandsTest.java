package dev.heddle.acc;

import dev.heddle.support.Conversation;
import dev.heddle.support.TestServer;

import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/// The commands about channels.
class ChannelCommandsTest {
    private static final String RULES =
            """
            talk:* publish=users, short:* publish=users history=2, none:* publish=users history=0,\
            price:* publish=users latest=true, chat:* publish=subscribers,\
            closed:* subscribe=backends, lobby:* joins=true grace=0s presence=users,\
            cafe:* joins=true grace=10m presence=users, mine:{user} publish=users\
            """;

    @RegisterExtension
    static final TestServer SERVER =
            new TestServer(
                    TestServer.configured(
                            Map.of(
                                    "HEDDLE_CHANNELS_RULES",
                                    RULES,
                                    "HEDDLE_CHANNELS_SUBSCRIPTIONS",
                                    "3")));

    static List<Conversation> cases() {
        return Conversation.read("acc/channels.txt");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void answers(Conversation conversation) throws IOException {
        conversation.hold(SERVER.heddle());
    }
}

package dev.heddle.api.v1;

import dev.heddle.api.ApiConversation;
import dev.heddle.support.TestServer;

import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/// Holds the conversations of `api/channels.txt` with a real server that has rules for channels.
class ChannelConversationsTest {
    @RegisterExtension
    static final TestServer SERVER =
            new TestServer(
                    TestServer.configured(
                            Map.of(
                                    "HEDDLE_CHANNELS_RULES",
                                    "short:* history=2, closed:* subscribe=backends")));

    static List<ApiConversation> conversations() throws IOException {
        return ApiConversation.read("channels.txt");
    }

    @ParameterizedTest
    @MethodSource("conversations")
    void isHeldAsItIsWritten(ApiConversation conversation) throws IOException {
        conversation.hold(SERVER.heddle());
    }
}

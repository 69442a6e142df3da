package dev.heddle.gateway;

import com.fasterxml.jackson.core.JsonProcessingException;

import dev.heddle.gateway.ServiceReply.Answer;
import dev.heddle.json.Json;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;

/// A service's statement about a client that it lets in: the body of its answer to `connect`. All
/// of it may be missing, and so may the body.
///
/// @param user as whom the client has logged in
/// @param subprotocol one of those that the client offers
/// @param state what the service wants to be told with the next event
/// @param channels that the client is in from the beginning
record ConnectAnswer(
        @Nullable String user,
        @Nullable String subprotocol,
        @Nullable String state,
        @Nullable Set<String> channels) {
    private static final ConnectAnswer NOTHING = new ConnectAnswer(null, null, null, null);
    private static final int MAX_USER_CHARS = 255;
    private static final int MAX_STATE_CHARS = 2_048;

    /// Reads an answer of a service; empty if it is none.
    static Optional<ConnectAnswer> read(Answer answer) {
        if (answer.body().length == 0) {
            return Optional.of(NOTHING);
        }
        try {
            return Optional.ofNullable(Json.read(answer.text(), ConnectAnswer.class))
                    .filter(ConnectAnswer::isRight);
        } catch (JsonProcessingException malformed) {
            return Optional.empty();
        }
    }

    private boolean isRight() {
        return (user == null || isUser(user))
                && (state == null || isState(state))
                && ChannelChange.areNames(joined());
    }

    /// The channels; none if it says nothing of them.
    Set<String> joined() {
        return channels == null ? Set.of() : channels;
    }

    /// Half a surrogate pair would become the same `?` in each name.
    private static boolean isUser(String text) {
        return !text.isBlank()
                && text.length() <= MAX_USER_CHARS
                && StandardCharsets.UTF_8.newEncoder().canEncode(text);
    }

    /// Whether a text can go to the service and back in a header without a change.
    static boolean isState(String text) {
        return text.length() <= MAX_STATE_CHARS && ServiceEvent.isPlain(text);
    }
}

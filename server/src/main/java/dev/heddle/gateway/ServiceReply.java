package dev.heddle.gateway;

import dev.heddle.message.Utf8Validator;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/// The reply of a service, or the lack of one.
sealed interface ServiceReply {

    /// The label under which the reply is counted.
    String label();

    /// The service has answered.
    ///
    /// @param status of HTTP
    /// @param mediaType of the body; empty if it does not say
    /// @param state that the service wants to be told from now on; empty if it says nothing of it
    /// @param channels where the connection is to be from now on; empty if it says nonsense of them
    /// @param body that it has sent
    record Answer(
            int status,
            String mediaType,
            Optional<String> state,
            Optional<ChannelChange> channels,
            byte[] body)
            implements ServiceReply {

        /// Whether the service has done what it was asked for.
        boolean isDone() {
            return status >= 200 && status < 300;
        }

        /// Whether the service is at fault, and not what it was sent.
        boolean isFault() {
            return status >= 500 || status < 200;
        }

        /// Whether the same may be answered in another way later.
        boolean isForNow() {
            return isFault() || status == 408 || status == 429;
        }

        /// Whether the body is to be a text message, and not a binary one.
        boolean isText() {
            return mediaType.isEmpty()
                    || mediaType.startsWith("text/")
                    || mediaType.endsWith("json")
                    || mediaType.endsWith("xml");
        }

        /// Whether the body is text.
        boolean isUtf8() {
            Utf8Validator validator = new Utf8Validator();
            return validator.accept(body, 0, body.length) && validator.isComplete();
        }

        /// The body as text; U+FFFD stands for what is none.
        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }

        @Override
        public String label() {
            return isDone() ? "answered" : isFault() ? "failed" : "refused";
        }
    }

    /// There is no answer that can be used.
    enum Failure implements ServiceReply {
        /// Nobody takes the connection.
        UNREACHABLE(false, true),
        /// The connection has ended before any answer.
        CUT_OFF(true, true),
        /// The answer is not there in time.
        TIMEOUT(true, false),
        /// The service has sent no valid answer, or one that is too large.
        MALFORMED(true, false),
        /// The event waited behind so many others that its time was over.
        CROWDED_OUT(false, false),
        /// The service has failed so often that it is left in peace for a moment.
        SUSPENDED(false, false);

        /// Whether the service may have been told, or has been.
        final boolean mayHaveArrived;

        /// Whether sending it again at once may help.
        final boolean isRepeatable;

        Failure(boolean mayHaveArrived, boolean isRepeatable) {
            this.mayHaveArrived = mayHaveArrived;
            this.isRepeatable = isRepeatable;
        }

        @Override
        public String label() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }
}

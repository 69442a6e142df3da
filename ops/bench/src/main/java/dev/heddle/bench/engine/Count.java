package dev.heddle.bench.engine;

import java.util.Locale;

/// What a worker counts.
public enum Count {
    /// Handshakes that were answered with 101.
    OPENED,
    /// Connections that could not be opened, refusals aside.
    FAILED,
    /// Handshakes answered with 503 or 429.
    REFUSED,
    /// Attempts that were made again after a refusal or a failure.
    RETRIED,
    /// Handshakes that took longer than allowed; they have failed.
    TIMED_OUT,
    /// Connections that had not come back in the end.
    NOT_BACK,
    /// What the scenario is about: echoes, deliveries or closed connections, while measuring.
    OPS,
    /// Messages sent.
    SENT,
    /// Messages that never came.
    LOST,
    /// Messages that came again.
    DUPLICATED,
    /// Messages that came after a later one.
    REORDERED,
    /// Messages that are not as they were sent.
    CORRUPTED,
    /// Messages that nobody has sent.
    UNEXPECTED,
    /// Requests over HTTP answered with 2xx.
    HTTP_OK,
    /// Requests over HTTP answered otherwise or not at all.
    HTTP_FAILED,
    /// Ping frames that came.
    PINGS,
    /// Connections ended because the server broke RFC 6455.
    PROTOCOL_ERRORS,
    /// Open connections that the server ended without a Close frame.
    ENDED,
    /// Closing handshakes begun here that were answered with a Close frame.
    CLOSED_CLEANLY,
    /// Closing handshakes begun here that were not.
    CLOSED_WITHOUT_ANSWER,
    /// Reads that brought bytes.
    READS,
    /// Bytes that were read.
    BYTES_IN;

    private final String key = camelCase(name());

    /// Its name in a result.
    public String key() {
        return key;
    }

    private static String camelCase(String name) {
        StringBuilder key = new StringBuilder();
        for (String word : name.toLowerCase(Locale.ROOT).split("_", -1)) {
            key.append(
                    key.isEmpty()
                            ? word
                            : Character.toUpperCase(word.charAt(0)) + word.substring(1));
        }
        return key.toString();
    }
}

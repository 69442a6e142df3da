package dev.heddle.net;

import java.util.List;
import java.util.stream.Stream;

/// Why no connection is accepted for a while. New clients wait in the listen backlog meanwhile.
enum AcceptPause {
    /// Too many connections' threads have not had their first turn.
    SCHEDULER("scheduler", 1),
    /// Too many TLS handshakes wait until they are computed.
    TLS("tls", 1),
    /// Too many opening handshakes wait for the hub.
    HUB("hub", 1),
    /// Too many opening handshakes wait for their clients.
    HEADS("heads", 1),
    /// The file descriptors that are meant for connections are all in use.
    DESCRIPTORS("descriptors", 10);

    /// The reason's name among the metrics.
    final String label;

    /// How long it lasts before the reason is looked at again.
    final long nanos;

    /// The labels of all pauses.
    static List<String> labels() {
        return Stream.of(values()).map(each -> each.label).toList();
    }

    AcceptPause(String label, long millis) {
        this.label = label;
        this.nanos = millis * 1_000_000;
    }
}

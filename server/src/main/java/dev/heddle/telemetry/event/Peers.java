package dev.heddle.telemetry.event;

/// How a client's address is written: everywhere as in `127.0.0.1:40000`.
final class Peers {
    private Peers() {}

    /// @param peer an address, which Java writes with its name, if it has one, and a slash before
    static String text(Object peer) {
        String text = peer.toString();
        return text.substring(text.indexOf('/') + 1);
    }
}

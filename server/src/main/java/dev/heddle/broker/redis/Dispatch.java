package dev.heddle.broker.redis;

import java.nio.charset.StandardCharsets;
import java.util.List;

/// Gives what Redis says to whom it is for. **Thread-safe, never blocks.**
///
/// @param keys where things are said
/// @param attachments the channels that are listened to
/// @param handover the receiver of the nodes' messages to each other, and the counters
/// @param proved is done when this node has heard itself
record Dispatch(Keys keys, Attachments attachments, Handover handover, Runnable proved) {

    /// Hands on one message from Redis. A message that cannot be understood, because another node
    /// is newer, is passed over.
    ///
    /// @param said its kind, where, and what
    void accept(List<?> said) {
        try {
            give(text(said.get(0)), text(said.get(1)), said);
        } catch (RuntimeException bug) {
            handover.counters().bug(bug);
        }
    }

    private void give(String kind, String place, List<?> said) {
        if (place.equals(keys.own()) || place.equals(keys.all())) {
            ofNodes(kind.equals("message") ? text(said.get(2)) : "");
            return;
        }
        Attachment attachment = attachments.find(keys.channel(place));
        if (attachment == null) {
            return;
        }
        switch (kind) {
            case "subscribe" -> attachment.readOn();
            case "message" -> arrived(attachment, text(said.get(2)));
            default -> {}
        }
    }

    private static void arrived(Attachment attachment, String text) {
        Said said;
        try {
            said = Said.decode(text);
        } catch (RuntimeException strange) {
            attachment.readOn(); // what follows it is in the log
            throw strange;
        }
        attachment.arrived(said);
    }

    /// @param text what a node has said; empty if this one has proved that the way is open
    private void ofNodes(String text) {
        if (text.isEmpty()) {
            proved.run();
        } else {
            handover.said(text);
        }
    }

    private static String text(Object bytes) {
        return new String((byte[]) bytes, StandardCharsets.UTF_8);
    }
}

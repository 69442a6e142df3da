package dev.heddle.broker.redis;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The channels that somebody on this node is attached to. **Thread-safe, never blocks.**
final class Attachments {
    private final Map<String, Attachment> byChannel = new HashMap<>();
    private final Logs logs;
    private final Handover handover;

    Attachments(Logs logs, Handover handover) {
        this.logs = logs;
        this.handover = handover;
    }

    /// Somebody is attached to a channel.
    ///
    /// @return whether nobody was before
    synchronized boolean attach(String channel) {
        return byChannel.computeIfAbsent(channel, _ -> new Attachment(channel, logs, handover))
                        .holders++
                == 0;
    }

    /// Somebody is not any more.
    ///
    /// @return whether nobody is now
    synchronized boolean detach(String channel) {
        Attachment attachment = byChannel.get(channel);
        if (attachment == null) {
            throw new IllegalStateException("not attached");
        }
        if (--attachment.holders > 0) {
            return false;
        }
        byChannel.remove(channel);
        attachment.close();
        return true;
    }

    synchronized @Nullable Attachment find(String channel) {
        return byChannel.get(channel);
    }

    /// The channels, in no order.
    synchronized List<String> channels() {
        return List.copyOf(byChannel.keySet());
    }

    /// Keeps the logs of all channels. Blocks as [Redis].
    void keepLogs() {
        logs.keep(channels());
    }

    synchronized void close() {
        byChannel.values().forEach(Attachment::close);
    }
}

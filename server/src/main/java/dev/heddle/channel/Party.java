package dev.heddle.channel;

import dev.heddle.hub.Form;
import dev.heddle.hub.Receiver;

/// A connection of a client, as channels see it. **Thread-safe.**
public interface Party extends Receiver {

    /// Names the connection for as long as this process lives.
    long id();

    /// In which form it takes what happens in channels.
    Form channelForm();

    /// What the connection's subscription to a channel was to get is lost. It ends, if there is
    /// one, and the client is told that it may subscribe anew. Never blocks.
    void lost(String channel);

    /// Whether it takes anything any more.
    boolean isTaking();
}

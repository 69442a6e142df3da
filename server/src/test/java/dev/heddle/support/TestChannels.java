package dev.heddle.support;

import dev.heddle.broker.MemoryBroker;
import dev.heddle.channel.Channels;
import dev.heddle.config.ChannelSettings;
import dev.heddle.config.Settings;
import dev.heddle.hub.Hub;

import java.util.function.Supplier;

/// Channels without a server.
public final class TestChannels {
    private TestChannels() {}

    /// Of the default rules, and not started.
    ///
    /// @param hubs makes a hub
    public static Channels of(Supplier<Hub> hubs) {
        ChannelSettings settings = Settings.defaults().channels();
        return new Channels(settings, new MemoryBroker(settings), hubs);
    }
}

package dev.heddle.support;

import dev.heddle.broker.memory.MemoryBroker;
import dev.heddle.channel.Channels;
import dev.heddle.config.ChannelSettings;
import dev.heddle.hub.Hub;

import java.util.Map;
import java.util.function.Supplier;

/// Channels without a server.
public final class TestChannels {
    private TestChannels() {}

    /// Of the default rules, and not started.
    ///
    /// @param hubs makes a hub
    public static Channels of(Supplier<Hub> hubs) {
        return of("", hubs);
    }

    /// The same with rules of its own before.
    public static Channels of(String rules, Supplier<Hub> hubs) {
        return of(Map.of("HEDDLE_CHANNELS_RULES", rules), hubs);
    }

    /// Of settings, by the names of their variables.
    public static Channels of(Map<String, String> variables, Supplier<Hub> hubs) {
        ChannelSettings settings = TestServer.configured(variables).channels();
        return new Channels(settings, new MemoryBroker(settings), hubs);
    }
}

package dev.heddle.channel;

import dev.heddle.broker.Broker;
import dev.heddle.broker.Publication;

import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/// Hands what a broker passes on to the channels that there are. **Thread-safe.**
///
/// @param channels by their names
/// @param isDraining whether nothing is delivered any more
/// @param allNodes the raw hub, if it spans nodes
record FromBroker(
        Map<String, Channel> channels, BooleanSupplier isDraining, Optional<AllNodes> allNodes)
        implements Broker.Listener {

    @Override
    public boolean published(String name, String epoch, Publication publication) {
        if (allNodes.isPresent() && name.equals(AllNodes.LOG)) {
            return allNodes.get().deliver(publication);
        }
        Channel channel = channels.get(name);
        return channel == null ? !isDraining.getAsBoolean() : channel.deliver(epoch, publication);
    }

    @Override
    public void lost(String name) {
        Optional.ofNullable(channels.get(name)).ifPresent(Channel::lost);
    }
}

package dev.heddle.broker;

import java.util.Optional;

/// Keeps the log of each channel. **Thread-safe.**
///
/// What every engine promises:
///
/// - **Order.** The publications of an epoch have the offsets 1, 2, 3 and so on, and the listener
///   gets those of one channel in that order.
/// - **No gap.** A publication is in the history, as far as the rule lets it be kept, before its
///   listener gets it, and before its publisher is answered. So a client that first subscribes with
///   the hub and then asks for the history misses none between them.
/// - **Once.** Of the messages of one user with one id in one channel one is published, if that is
///   asked for, as long as the engine remembers the id. A publisher with other data under that id
///   is told so.
/// - **Epochs.** As long as a channel is attached somewhere, or has a history, its epoch stays. A
///   client that shows a position of another epoch can only be told that there is no way back.
/// - **Outages.** An engine that cannot be reached throws [BrokerUnavailable]: to publishers, which
///   are never told of a place that the publication does not have, and to callers that ask for a
///   history. Subscribers stay, and afterwards get all that they missed, in order; or the listener
///   is told that it is [Listener#lost]. Attaching and detaching never fail and never block: the
///   history of a channel that was just attached waits until the engine listens.
public interface Broker extends AutoCloseable {

    /// Gets what is published in attached channels.
    interface Listener {
        /// Something was published. May block, then publishers wait.
        ///
        /// @return whether it will be delivered: not while the server is stopping
        boolean published(String channel, String epoch, Publication publication);

        /// Tells that some publications of an attached channel can never be passed on: its log was
        /// lost, or has gone on beyond its history. Its subscribers must be told.
        default void lost(String channel) {}
    }

    /// The result of publishing.
    ///
    /// @param position of the publication; of the earlier one if its id was published already
    record Published(Position position, Outcome outcome) {}

    /// How publishing went.
    enum Outcome {
        /// All attached subscribers will get it.
        DELIVERED,
        /// The id was published before, with the same data: subscribers will get that publication,
        /// or have it.
        DUPLICATE,
        /// The id was published before, with other data. The message is not published.
        ID_TAKEN,
        /// The listener has not taken it.
        REFUSED
    }

    /// Starts the engine, before anything else is asked of it.
    void start(Listener listener);

    /// Publishes. Blocks until the listener has taken it.
    ///
    /// @param once whether it is not published again if its id was, by the same user in the channel
    Published publish(String channel, Message message, boolean once);

    /// Whether publishing this once would be answered with [Outcome#ID_TAKEN] now.
    boolean isIdTaken(String channel, Message message);

    /// Reads a channel's history.
    History history(String channel, Range range);

    /// About what the histories of all channels take in this process, in bytes.
    long historyBytes();

    /// The engine's knowledge of the nodes that share it; empty if it is this node's own.
    default Optional<Cluster> cluster() {
        return Optional.empty();
    }

    /// Whether what is published in an attached channel from now on is heard.
    default boolean hears(String channel) {
        return true;
    }

    /// Whether it cannot be asked now, as far as it knows.
    default boolean isUnavailable() {
        return false;
    }

    /// Somebody here is subscribed to the channel: from now on the listener gets what is published
    /// in it, and its epoch stays. To be undone by [#detach], as often as it was called.
    void attach(String channel);

    /// Nobody is any more.
    void detach(String channel);

    @Override
    void close();
}

package dev.heddle.broker;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;

/// The users of all nodes together, by place. **Thread-safe.**
///
/// A user is in a place from the first node that has the user there until the last one. That, and
/// the event that tells of it, is one step in the engine, and each node makes its list from the
/// events: so lists and events cannot contradict each other, and lists are there during an outage
/// too, as they were. A node holds its users by its lease, see [Nodes].
public interface Roster {

    /// Is told of changes, in their order, each once.
    interface Listener {
        /// A user is there who was not. Must not block.
        ///
        /// @param info what others may know of the user
        void entered(String user, @Nullable String info);

        /// A user is not there any more. Must not block.
        ///
        /// @param info as in [#entered]
        void left(String user, @Nullable String info);
    }

    /// Lets this node know who is in a place, from soon on.
    void open(String place, Listener listener);

    /// Closes a place. Nobody of this node may be in the place any more.
    void close(String place);

    /// This node has a user in a place, which must be open. Never blocks: the engine is told soon,
    /// or when it can be reached again.
    ///
    /// @param info what others may know of the user
    void present(String place, String user, @Nullable String info);

    /// This node has a user no more. Never blocks.
    ///
    /// @param grace how long the user may come back, to any node, without anybody being told
    void absent(String place, String user, Duration grace);

    /// Waits until the engine, and this node's list, have a user of whom [#present] was said.
    ///
    /// @throws BrokerUnavailable if that takes longer than the engine's timeout
    void await(String place, String user);

    /// The users in an open place, in the order of their entering as far as this node has seen it.
    List<String> users(String place);

    /// Whether a user is in an open place.
    boolean has(String place, String user);

    /// How many users are in an open place.
    int count(String place);
}

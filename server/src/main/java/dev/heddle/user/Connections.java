package dev.heddle.user;

import java.util.List;
import java.util.Optional;

/// The open connections to `/acc` of this node, logged in or not, by their ids. Those to other
/// endpoints have none.
///
/// **Thread-safe.**
public interface Connections {

    /// The description of a connection; empty when it is gone or never was.
    Optional<ConnectionInfo> find(long id);

    /// All connections, in no order. Takes time in proportion to their number.
    List<ConnectionInfo> all();

    /// How many there are.
    int count();

    /// Sends a message to this connection alone, whether somebody has logged in on it or not.
    /// Blocks as [Messenger#send].
    ///
    /// @return whether the connection took it: not when it is gone, or does not read
    boolean send(long id, Message message);

    /// Ends the connection as [Messenger#disconnect] does. Never blocks.
    ///
    /// @return whether it was still there
    boolean close(long id);
}

package dev.heddle.acc;

import dev.heddle.acc.wire.Reply;
import dev.heddle.json.RawJson;

import java.util.Optional;

/// The services behind this server that handle commands of clients. **Thread-safe.**
public interface Services {
    /// The service that handles a command; empty if none does. Never blocks.
    Optional<Service> find(String command);

    /// A service that handles commands. **Thread-safe.**
    interface Service {
        /// Its name, for operators.
        String name();

        /// Lets it handle a command. Blocks until it has answered, at most for its timeout, after a
        /// wait for others that it has not answered.
        Reply handle(Asked asked);
    }

    /// A command of a client.
    ///
    /// @param command the command's name
    /// @param data any JSON
    /// @param connection the name of the connection that it came on
    /// @param number of the message on that connection
    /// @param user who has logged in there
    /// @param address of the client, as `host:port`
    record Asked(
            String command,
            RawJson data,
            String connection,
            int number,
            String user,
            String address) {}
}

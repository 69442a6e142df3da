package dev.heddle.acc.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;

import dev.heddle.json.RawJson;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// A request of a client on `/acc`. To add one: a record here, a line in [Requests], and the branch
/// of the handler that the compiler then asks for.
public sealed interface Command {

    /// Logs in on this connection.
    ///
    /// @param serviceToken what shows that the client is the user; may be empty. **Secret**
    /// @param room `appID` on the wire; 0 to log in without a room
    /// @param user `userID` on the wire; may be empty, and any text
    /// @param pingSeconds how often the client wants to hear of the server; 0 for never
    record Login(String serviceToken, int room, String user, int pingSeconds) implements Command {

        /// Leaves out the token, and what the client calls itself.
        @Override
        public String toString() {
            return "Login[room=" + room + "]";
        }
    }

    /// Shows that the client is alive.
    record Heartbeat() implements Command {}

    /// Asks for `pong`.
    record Ping() implements Command {}

    /// Ends the login; the connection stays open.
    record Logout() implements Command {}

    /// Sends to one user of the same room.
    ///
    /// @param user `userID` on the wire: whom to
    /// @param id `msgID` on the wire; may be empty
    record Msg(String user, String id, String text) implements Command {}

    /// Sends to all other users of the same room.
    ///
    /// @param id `msgID` on the wire; may be empty
    record MsgAll(String id, String text) implements Command {}

    /// Asks who is in the same room.
    record Members() implements Command {}

    /// Asks which rooms there are; nobody need be logged in for it.
    record RoomNumbers() implements Command {}

    /// Subscribes to a channel.
    ///
    /// @param recover from which position on the client has missed what was published
    /// @param rewind how many of the newest publications it wants to have otherwise
    /// @param limit publications of one reply; empty if all are to come in one
    record Subscribe(String channel, Optional<Recover> recover, int rewind, OptionalInt limit)
            implements Command {}

    /// A position in a channel.
    record Recover(String epoch, long offset) {}

    /// Ends a subscription.
    record Unsubscribe(String channel) implements Command {}

    /// Publishes to a channel.
    ///
    /// @param data any JSON
    /// @param id may be empty
    record Publish(String channel, RawJson data, String id) implements Command {}

    /// Asks for a channel's history.
    ///
    /// @param since after which position
    /// @param limit publications at most; empty if the client says nothing of it
    record History(String channel, Optional<Recover> since, OptionalInt limit) implements Command {}

    /// Asks who is subscribed to a channel.
    record Presence(String channel) implements Command {}

    /// Asks how many are subscribed to a channel.
    record PresenceStats(String channel) implements Command {}

    /// Shows a new token of the user who is logged in.
    record Refresh(String serviceToken) implements Command {

        /// Leaves out the token.
        @Override
        public String toString() {
            return "Refresh[]";
        }
    }

    /// A command that there is, with `data` that it does not take.
    record Undecodable() implements Command {}

    /// A command that there is not here; a service behind may know it.
    ///
    /// @param data any JSON; empty if it is nested too deeply
    record Unknown(Optional<RawJson> data) implements Command {}

    /// `data` of the answer to a command that sends.
    ///
    /// @param sendResults whether somebody is there who gets it
    record SendResults(boolean sendResults) {}

    /// `data` of the answer to [Members].
    ///
    /// @param userList the ids of the users
    /// @param userCount how many they are
    /// @param announced `false` while they are so many that nobody is told who enters and exits
    @JsonInclude(Include.NON_NULL)
    record MemberList(List<String> userList, int userCount, @Nullable Boolean announced) {}

    /// `data` of the answer to [RoomNumbers].
    ///
    /// @param rooms the numbers (`appID` of a login) of all rooms, in the order to show them in
    record RoomList(List<Integer> rooms) {}

    /// `data` of the answer to [Login] and [Refresh], where the profile tells it.
    record LoggedIn(Limits limits) {}

    /// The limits of one connection. A client that knows these keeps to them, and so is not closed
    /// for sending too much.
    ///
    /// @param messageBytes payload of one message, also if it comes in one frame
    /// @param subscriptions channels at one time
    /// @param commandsPerSecond messages in the long run; 0 is no limit
    /// @param commandBurst messages at once
    record Limits(int messageBytes, int subscriptions, int commandsPerSecond, int commandBurst) {}
}

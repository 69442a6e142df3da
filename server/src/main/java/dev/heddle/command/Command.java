package dev.heddle.command;

import java.util.List;

/// What a client can ask for on `/acc`. To add one: a record here, a line in [Requests], and the
/// branch of the handler that the compiler then asks for.
public sealed interface Command {

    /// Logs in on this connection.
    ///
    /// @param serviceToken what shows that the client is the user; may be empty. **Secret**
    /// @param room `appID` on the wire; 0 for a number that no room can have
    /// @param user `userID` on the wire; may be empty, and any text
    record Login(String serviceToken, int room, String user) implements Command {

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

    /// A command that there is, with `data` that it does not take.
    record Undecodable() implements Command {}

    /// A command that there is not.
    record Unknown() implements Command {}

    /// `data` of the answer to a command that sends.
    ///
    /// @param sendResults whether somebody is there who gets it
    record SendResults(boolean sendResults) {}

    /// `data` of the answer to [Members].
    ///
    /// @param userList the ids of the users
    /// @param userCount how many they are
    record MemberList(List<String> userList, int userCount) {}

    /// `data` of the answer to [RoomNumbers].
    ///
    /// @param rooms the numbers (`appID` of a login) of all rooms, in the order to show them in
    record RoomList(List<Integer> rooms) {}
}

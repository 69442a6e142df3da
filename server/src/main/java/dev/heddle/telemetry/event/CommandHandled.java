package dev.heddle.telemetry.event;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Threshold;

import org.jspecify.annotations.Nullable;

/// A command that took longer than the threshold, 10 ms by default.
@Name("heddle.CommandHandled")
@Label("Command Handled")
@Category("Heddle")
@Description("A command on /acc was handled, and took some time")
@Threshold("10 ms")
@StackTrace(false)
public final class CommandHandled extends Event {
    @Label("Connection")
    @Description("Names the connection, as everywhere in Heddle")
    long connection;

    @Label("User")
    @Description("Who has logged in on the connection, if somebody has")
    @Nullable String user;

    @Label("Command")
    @Description("As on the wire: login, publish; unknown for what is none")
    String command = "";

    @Label("Code")
    @Description("Of the reply")
    int code;

    /// What [#begin] starts, and [#emit] ends.
    public static CommandHandled started() {
        CommandHandled event = new CommandHandled();
        event.begin();
        return event;
    }

    /// Emits it, if it took long enough.
    public void emit(long id, @Nullable String ofUser, String name, int replied) {
        end();
        if (shouldCommit()) {
            connection = id;
            user = ofUser;
            command = name;
            code = replied;
            commit();
        }
    }
}

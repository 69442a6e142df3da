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
    @Description("Code of the reply")
    int code;

    /// As [Threshold] says, which is for recordings.
    private static final long MIN_NANOS = 10_000_000;

    private transient long beganNanos;

    /// An event that [#begin] starts, and [#emit] ends.
    public static CommandHandled started() {
        CommandHandled event = new CommandHandled();
        event.begin();
        if (EventTap.isOpen()) {
            event.beganNanos = System.nanoTime();
        }
        return event;
    }

    /// Emits it, if it took long enough.
    public void emit(long id, @Nullable String ofUser, String name, int replied) {
        end();
        long nanos = beganNanos == 0 ? 0 : System.nanoTime() - beganNanos;
        if (shouldCommit() || nanos >= MIN_NANOS) {
            connection = id;
            user = ofUser;
            command = name;
            code = replied;
            if (nanos >= MIN_NANOS) {
                EventTap.emit(this, nanos);
            } else {
                commit();
            }
        }
    }
}

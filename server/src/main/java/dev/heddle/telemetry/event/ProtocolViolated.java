package dev.heddle.telemetry.event;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

import org.jspecify.annotations.Nullable;

/// A broken rule of the protocol, or a limit.
@Name("heddle.ProtocolViolation")
@Label("Protocol Violation")
@Category("Heddle")
@Description("A client broke a rule of RFC 6455 or a limit")
@StackTrace(false)
public final class ProtocolViolated extends Event {
    @Label("Connection")
    @Description("Names the connection, as everywhere in Heddle")
    long connection;

    @Label("User")
    @Description("Who has logged in on the connection, if somebody has")
    @Nullable String user;

    @Label("Rule")
    @Description("The close reason that the client gets")
    String rule = "";

    @Label("Close Code")
    int code;

    /// Emits one.
    public static void emit(long id, @Nullable String user, String rule, int code) {
        ProtocolViolated event = new ProtocolViolated();
        if (event.shouldCommit() || EventTap.isOpen()) {
            event.connection = id;
            event.user = user;
            event.rule = rule;
            event.code = code;
            EventTap.emit(event);
        }
    }
}

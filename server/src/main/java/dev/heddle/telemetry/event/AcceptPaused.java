package dev.heddle.telemetry.event;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/// A time in which no connection is accepted.
@Name("heddle.AcceptPaused")
@Label("Accept Paused")
@Category("Heddle")
@Description("No connection was accepted for a while")
@StackTrace(false)
public final class AcceptPaused extends LastingEvent {
    @Label("Reason")
    @Description("The reason of the pause")
    String reason = "";

    /// A pause that has begun, and that [#emit] ends.
    public static AcceptPaused started(String reason) {
        AcceptPaused event = new AcceptPaused();
        event.beginNow();
        event.reason = reason;
        return event;
    }

    /// Connections are accepted again.
    public void emit() {
        endNow();
    }
}

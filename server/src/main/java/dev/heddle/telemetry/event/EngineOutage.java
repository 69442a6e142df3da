package dev.heddle.telemetry.event;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/// A time in which this node did not hear the engine that nodes share.
@Name("heddle.EngineOutage")
@Label("Engine Outage")
@Category("Heddle")
@Description("This node did not hear the Redis that nodes share for a while")
@StackTrace(false)
public final class EngineOutage extends LastingEvent {
    @Label("Reason")
    @Description("How the connection that listens ended")
    String reason = "";

    /// An outage that has begun, and that [#emit] ends.
    public static EngineOutage started(String reason) {
        EngineOutage event = new EngineOutage();
        event.beginNow();
        event.reason = reason;
        return event;
    }

    /// The engine is heard again.
    public void emit() {
        endNow();
    }
}

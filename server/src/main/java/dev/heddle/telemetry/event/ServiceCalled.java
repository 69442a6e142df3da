package dev.heddle.telemetry.event;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;

/// A service behind the gateway was told of something.
@Name("heddle.ServiceCalled")
@Label("Service Called")
@Category("Heddle")
@Description("A service behind the gateway was told of an event, and took some time or failed")
@StackTrace(false)
public final class ServiceCalled extends Event {
    /// Answers that come sooner are only counted.
    private static final long MIN_NANOS = 10_000_000;

    @Label("Event")
    @Description("Its id, which begins with the name of the connection")
    String event = "";

    @Label("Route")
    @Description("Of the gateway")
    String route = "";

    @Label("Outcome")
    @Description("What the event was and what became of it: message answered")
    String outcome = "";

    @Label("Took")
    @Description("Until the answer, all attempts together")
    @Timespan
    long took;

    /// Emits one, if it took long enough.
    public static void emit(String id, String ofRoute, String became, long nanos) {
        if (nanos < MIN_NANOS) {
            return;
        }
        ServiceCalled call = new ServiceCalled();
        if (call.shouldCommit() || EventTap.isOpen()) {
            call.event = id;
            call.route = ofRoute;
            call.outcome = became;
            call.took = nanos;
            EventTap.emit(call);
        }
    }
}

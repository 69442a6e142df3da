package dev.heddle.telemetry.event;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Period;
import jdk.jfr.StackTrace;

/// How the hub of /ws and those of all channels are doing; periodic.
@Name("heddle.HubStatistics")
@Label("Hub Statistics")
@Category("Heddle")
@Description("How the hubs are doing")
@Period("1 s")
@StackTrace(false)
public final class HubStatistics extends Event {
    @Label("Hub")
    @Description("ws or channels")
    String hub = "";

    @Label("Queued")
    @Description("Commands that wait")
    int queued;

    @Label("Subscribers")
    long subscribers;

    /// Emits one.
    public static void emit(String hub, int queued, long subscribers) {
        HubStatistics event = new HubStatistics();
        event.hub = hub;
        event.queued = queued;
        event.subscribers = subscribers;
        EventTap.emit(event);
    }
}

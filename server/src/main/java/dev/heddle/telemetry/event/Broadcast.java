package dev.heddle.telemetry.event;

import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Throttle;
import jdk.jfr.Timespan;

/// One turn of a hub: what it has distributed to the subscribers of one fan-out at once. The
/// duration ends with the last write.
@Name("heddle.Broadcast")
@Label("Broadcast")
@Category("Heddle")
@Description("Publications were distributed to the subscribers of a channel, a room or /ws")
@StackTrace(false)
@Throttle("off")
public final class Broadcast extends Event {
    @Label("Receivers")
    @Description("Subscribers that got the publications")
    int receivers;

    @Label("Publications")
    @Description("Publications distributed together")
    int publications;

    @Label("Bytes")
    @Description("Bytes of the publications, once in each form that receivers take")
    @DataAmount
    long bytes;

    @Label("Queued")
    @Description("Time until the last outbox had taken the publications")
    @Timespan(Timespan.NANOSECONDS)
    long queued;

    private transient long beganNanos;

    /// A broadcast that has begun, and that [#emit] ends.
    public static Broadcast started(int receivers, int publications) {
        Broadcast event = new Broadcast();
        event.begin();
        if (event.isEnabled() || EventTap.isOpen()) {
            event.beganNanos = System.nanoTime();
        }
        event.receivers = receivers;
        event.publications = publications;
        return event;
    }

    /// The last outbox has taken it.
    ///
    /// @param bytesOnce of these publications, once in each form that receivers take
    public void allQueued(long bytesOnce) {
        bytes = bytesOnce;
        if (beganNanos != 0) {
            queued = System.nanoTime() - beganNanos;
        }
    }

    /// The last write has ended.
    public void emit() {
        end();
        if (beganNanos == 0) {
            commit();
        } else {
            EventTap.emit(this, System.nanoTime() - beganNanos);
        }
    }
}

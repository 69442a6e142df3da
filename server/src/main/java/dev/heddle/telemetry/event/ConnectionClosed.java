package dev.heddle.telemetry.event;

import dev.heddle.telemetry.Traffic;

import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;

import org.jspecify.annotations.Nullable;

import java.util.function.Supplier;

/// The end of a WebSocket connection, and what it has carried.
@Name("heddle.ConnectionClosed")
@Label("Connection Closed")
@Category("Heddle")
@Description("A WebSocket connection has ended")
@StackTrace(false)
public final class ConnectionClosed extends Event {
    @Label("Connection")
    @Description("Names the connection, as everywhere in Heddle")
    long connection;

    @Label("User")
    @Description("Who has logged in on the connection, if somebody has")
    @Nullable String user;

    @Label("Path")
    String path = "";

    @Label("Peer")
    String peer = "";

    @Label("Age")
    @Description("How long the connection lived")
    @Timespan(Timespan.MILLISECONDS)
    long age;

    @Label("Close Code")
    @Description("As in RFC 6455, section 7.1.5: 1006 without a Close frame")
    int code;

    @Label("Initiator")
    @Description("Who began the end: server, client, or network where no Close frame was seen")
    String initiator = "";

    @Label("Messages In")
    long messagesIn;

    @Label("Bytes In")
    @DataAmount
    long bytesIn;

    @Label("Messages Out")
    long messagesOut;

    @Label("Bytes Out")
    @DataAmount
    long bytesOut;

    @Label("Peak Outbox")
    @Description("The most that ever waited to be written")
    @DataAmount
    long peakOutbox;

    /// Emits one.
    ///
    /// @param traffic asked only if somebody wants to know
    /// @param initiator who began the end
    public static void emit(Supplier<Traffic> traffic, int code, String initiator) {
        ConnectionClosed event = new ConnectionClosed();
        if (event.shouldCommit() || EventTap.isOpen()) {
            Traffic carried = traffic.get();
            event.connection = carried.id();
            event.user = carried.user();
            event.path = carried.path();
            event.peer = carried.peer();
            event.age = carried.ageMillis();
            event.code = code;
            event.initiator = initiator;
            event.messagesIn = carried.messagesIn();
            event.bytesIn = carried.bytesIn();
            event.messagesOut = carried.messagesOut();
            event.bytesOut = carried.bytesOut();
            event.peakOutbox = carried.peakOutboxBytes();
            EventTap.emit(event);
        }
    }
}

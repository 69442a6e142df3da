package dev.heddle.telemetry.event;

import dev.heddle.telemetry.Addresses;

import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;

import java.net.SocketAddress;

/// A write that the peer's socket did not take at once.
@Name("heddle.WriteStalled")
@Label("Write Stalled")
@Category("Heddle")
@Description("A write had to wait for the client for 100 ms or more")
@StackTrace(false)
public final class WriteStalled extends Event {
    @Label("Connection")
    @Description("Names the connection, as everywhere in Heddle")
    long connection;

    @Label("Peer")
    String peer = "";

    @Label("Stalled")
    @Description("Exact to 50 ms")
    @Timespan(Timespan.MILLISECONDS)
    long stalled;

    @Label("Bytes")
    @Description("Of the write")
    @DataAmount
    long bytes;

    /// The shortest stall: twice the clock's tick, since a shorter write may see the clock turn.
    public static final int MIN_MILLIS = 100;

    /// Emits one.
    public static void emit(long id, SocketAddress address, int millis, int bytes) {
        WriteStalled event = new WriteStalled();
        if (event.shouldCommit() || EventTap.isOpen()) {
            event.connection = id;
            event.peer = Addresses.text(address);
            event.stalled = millis;
            event.bytes = bytes;
            EventTap.emit(event);
        }
    }
}

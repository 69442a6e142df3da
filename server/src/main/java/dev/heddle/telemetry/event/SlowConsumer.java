package dev.heddle.telemetry.event;

import dev.heddle.telemetry.Addresses;

import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

import org.jspecify.annotations.Nullable;

import java.net.SocketAddress;

/// A client that is closed because it does not take what is sent to it.
@Name("heddle.SlowConsumer")
@Label("Slow Consumer")
@Category("Heddle")
@Description("A client did not take its data and is closed")
@StackTrace(false)
public final class SlowConsumer extends Event {
    @Label("Connection")
    @Description("Names the connection, as everywhere in Heddle")
    long connection;

    @Label("User")
    @Description("Who has logged in on the connection, if somebody has")
    @Nullable String user;

    @Label("Peer")
    String peer = "";

    @Label("Outbox")
    @Description("Bytes that waited and are given up")
    @DataAmount
    long outbox;

    /// Emits one.
    public static void emit(
            long id, @Nullable String user, SocketAddress address, long outboxBytes) {
        SlowConsumer event = new SlowConsumer();
        if (event.shouldCommit() || EventTap.isOpen()) {
            event.connection = id;
            event.user = user;
            event.peer = Addresses.text(address);
            event.outbox = outboxBytes;
            EventTap.emit(event);
        }
    }
}

package dev.heddle.telemetry.event;

import dev.heddle.telemetry.Addresses;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;

import java.net.SocketAddress;

/// An accepted opening handshake.
@Name("heddle.ConnectionOpened")
@Label("Connection Opened")
@Category("Heddle")
@Description("An opening handshake was accepted")
@StackTrace(false)
public final class ConnectionOpened extends Event {
    @Label("Connection")
    @Description("Names the connection, as everywhere in Heddle")
    long connection;

    @Label("Path")
    String path = "";

    @Label("Peer")
    String peer = "";

    @Label("Handshake")
    @Description("From the request to the written response")
    @Timespan(Timespan.NANOSECONDS)
    long handshake;

    /// Emits one.
    ///
    /// @param handshakeNanos from the request to the written response
    public static void emit(long id, String path, SocketAddress address, long handshakeNanos) {
        ConnectionOpened event = new ConnectionOpened();
        if (event.shouldCommit() || EventTap.isOpen()) {
            event.connection = id;
            event.path = path;
            event.peer = Addresses.text(address);
            event.handshake = handshakeNanos;
            EventTap.emit(event);
        }
    }
}

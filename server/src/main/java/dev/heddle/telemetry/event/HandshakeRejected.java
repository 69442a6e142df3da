package dev.heddle.telemetry.event;

import dev.heddle.telemetry.Addresses;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

import java.net.SocketAddress;

/// A refused request.
@Name("heddle.HandshakeRejected")
@Label("Handshake Rejected")
@Category("Heddle")
@Description("A request on the public port was refused")
@StackTrace(false)
public final class HandshakeRejected extends Event {
    @Label("Connection")
    @Description("Names the connection, as everywhere in Heddle")
    long connection;

    @Label("Peer")
    String peer = "";

    @Label("Reason")
    @Description("One of a few fixed texts")
    String reason = "";

    @Label("Status")
    @Description("Of HTTP")
    int status;

    @Label("Remedy")
    @Description("The setting that would have let it in, if one would")
    String remedy = "";

    /// Emits one.
    public static void emit(
            long id, SocketAddress address, String reason, int status, String remedy) {
        HandshakeRejected event = new HandshakeRejected();
        if (event.shouldCommit() || EventTap.isOpen()) {
            event.connection = id;
            event.peer = Addresses.text(address);
            event.reason = reason;
            event.status = status;
            event.remedy = remedy;
            EventTap.emit(event);
        }
    }
}

package dev.heddle.telemetry.event;

import dev.heddle.telemetry.Addresses;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

import java.net.SocketAddress;

/// A TLS handshake.
@Name("heddle.TlsHandshake")
@Label("TLS Handshake")
@Category("Heddle")
@Description("A TLS handshake on the public port has ended")
@StackTrace(false)
public final class TlsHandshake extends LastingEvent {
    @Label("Connection")
    @Description("Names the connection, as everywhere in Heddle")
    long connection;

    @Label("Peer")
    String peer = "";

    @Label("Result")
    @Description("One of a few fixed texts")
    String result = "";

    /// A handshake that has begun, and that [#emit] ends.
    public static TlsHandshake begun() {
        TlsHandshake event = new TlsHandshake();
        event.beginNow();
        return event;
    }

    /// Records that the handshake has ended.
    public void emit(long id, SocketAddress address, String how) {
        if (shouldCommit() || EventTap.isOpen()) {
            connection = id;
            peer = Addresses.text(address);
            result = how;
            endNow();
        }
    }
}

package dev.heddle.support;

import dev.heddle.message.UnfinishedBytes;

import java.net.InetAddress;
import java.net.UnknownHostException;

/// A peer that has sent all that it will, until it is sent away. **Thread-safe.**
public final class IdlePeer implements UnfinishedBytes.Peer {
    private final InetAddress address;
    private volatile boolean isSentAway;
    private volatile boolean isWaiting;
    private volatile boolean hasUnhandled;
    private volatile Runnable whenAsked = () -> {};

    /// One of the loopback address.
    public IdlePeer() {
        this(1);
    }

    /// One of 127.0.0.0/24.
    public IdlePeer(int lastOctet) {
        try {
            address = InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) lastOctet});
        } catch (UnknownHostException impossible) {
            throw new AssertionError(impossible);
        }
    }

    /// This peer, of whom more has arrived than is handled.
    public IdlePeer withUnhandled() {
        hasUnhandled = true;
        return this;
    }

    /// Runs this whenever somebody asks [#hasUnhandled].
    public void whenAsked(Runnable action) {
        whenAsked = action;
    }

    /// Whether the server makes it wait.
    public boolean isWaiting() {
        return isWaiting;
    }

    @Override
    public InetAddress address() {
        return address;
    }

    @Override
    public boolean hasUnhandled() {
        whenAsked.run();
        return hasUnhandled;
    }

    @Override
    public void sendAway() {
        isSentAway = true;
    }

    @Override
    public boolean isOver() {
        return isSentAway;
    }

    @Override
    public int startsWaiting() {
        isWaiting = true;
        return 0;
    }

    @Override
    public void stopsWaiting(int since) {
        isWaiting = false;
    }
}

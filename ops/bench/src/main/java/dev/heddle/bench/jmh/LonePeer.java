package dev.heddle.bench.jmh;

import dev.heddle.message.UnfinishedBytes;

import java.net.InetAddress;

/// A peer that nobody else takes room from, and so never waits.
final class LonePeer implements UnfinishedBytes.Peer {
    @Override
    public InetAddress address() {
        return InetAddress.getLoopbackAddress();
    }

    @Override
    public boolean hasUnhandled() {
        return false;
    }

    @Override
    public void sendAway() {
        throw new IllegalStateException("there is room");
    }

    @Override
    public boolean isOver() {
        return false;
    }

    @Override
    public int startsWaiting() {
        throw new IllegalStateException("there is room");
    }

    @Override
    public void stopsWaiting(int since) {}
}

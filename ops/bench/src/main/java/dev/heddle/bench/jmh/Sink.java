package dev.heddle.bench.jmh;

import dev.heddle.outbox.Transport;

import java.net.InetSocketAddress;
import java.util.concurrent.atomic.LongAdder;

/// A connection whose peer takes everything at once.
final class Sink implements Transport {
    final LongAdder bytes = new LongAdder();

    @Override
    public void write(byte[] from, int offset, int length) {
        bytes.add(length);
    }

    @Override
    public void abort() {
        throw new IllegalStateException("nothing fails here");
    }

    @Override
    public void closeQueued() {}

    @Override
    public void visitWithin(int millis) {}

    @Override
    public InetSocketAddress address() {
        return InetSocketAddress.createUnresolved("localhost", 1);
    }

    @Override
    public long id() {
        return 1;
    }

    @Override
    public long openedEpochMillis() {
        return 0;
    }

    @Override
    public int nowMillis() {
        return 1;
    }
}

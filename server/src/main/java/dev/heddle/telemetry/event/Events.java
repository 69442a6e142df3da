package dev.heddle.telemetry.event;

import jdk.jfr.Event;

import java.util.List;

/// Every event that there is.
public final class Events {
    /// Their classes.
    public static final List<Class<? extends Event>> ALL =
            List.of(
                    ConnectionOpened.class,
                    ConnectionClosed.class,
                    HandshakeRejected.class,
                    ProtocolViolated.class,
                    CommandHandled.class,
                    Broadcast.class,
                    SlowConsumer.class,
                    WriteStalled.class,
                    AcceptPaused.class,
                    HubStatistics.class,
                    BufferPoolStatistics.class);

    private Events() {}
}

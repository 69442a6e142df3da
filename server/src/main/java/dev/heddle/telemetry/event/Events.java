package dev.heddle.telemetry.event;

import jdk.jfr.Event;
import jdk.jfr.FlightRecorder;
import jdk.jfr.Name;

import java.util.List;
import java.util.stream.Stream;

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

    /// Their names, as recordings have them: `heddle.ConnectionOpened`.
    public static final List<String> NAMES =
            ALL.stream().map(type -> type.getAnnotation(Name.class).value()).toList();

    /// Of these, what comes every second, and is told only to those who ask for it.
    public static final List<String> PERIODIC =
            Stream.of(HubStatistics.class, BufferPoolStatistics.class)
                    .map(type -> type.getAnnotation(Name.class).value())
                    .toList();

    private Events() {}

    /// Makes them known to JFR, for which their classes otherwise wait when the first of each is
    /// emitted: a virtual thread that waits in there holds its carrier. Takes some milliseconds the
    /// first time.
    public static void register() {
        ALL.forEach(FlightRecorder::register);
    }
}

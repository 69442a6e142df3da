package dev.heddle.telemetry.event;

import jdk.jfr.Event;
import jdk.jfr.EventType;
import jdk.jfr.FlightRecorder;
import jdk.jfr.Name;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
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
                    ServiceCalled.class,
                    SlowConsumer.class,
                    WriteStalled.class,
                    AcceptPaused.class,
                    TlsHandshake.class,
                    EngineOutage.class,
                    NodeDied.class,
                    HubStatistics.class,
                    BufferPoolStatistics.class);

    /// Their names, as recordings have them: `heddle.ConnectionOpened`.
    public static final List<String> NAMES =
            ALL.stream().map(type -> type.getAnnotation(Name.class).value()).toList();

    /// The events that come every second, which only listeners that ask for them get.
    public static final List<String> PERIODIC =
            Stream.of(HubStatistics.class, BufferPoolStatistics.class)
                    .map(type -> type.getAnnotation(Name.class).value())
                    .toList();

    private static final Map<Runnable, Class<? extends Event>> EMITTERS = new ConcurrentHashMap<>();

    private Events() {}

    /// Has some emitted every second for as long as they are recorded or somebody listens.
    ///
    /// @param emitter must be quick
    public static void emitPeriodically(Class<? extends Event> type, Runnable emitter) {
        FlightRecorder.addPeriodicEvent(type, emitter);
        EMITTERS.put(emitter, type);
    }

    /// Ends the emitting of periodic events.
    public static void stopEmitting(Runnable emitter) {
        EMITTERS.remove(emitter);
        FlightRecorder.removePeriodicEvent(emitter);
    }

    /// Emits the periodic ones that JFR does not ask for, since nobody records them.
    public static void emitUnrecorded() {
        EMITTERS.forEach(
                (emitter, type) -> {
                    if (!EventType.getEventType(type).isEnabled()) {
                        emitter.run();
                    }
                });
    }

    /// Makes them known to JFR, for which their classes otherwise wait when the first of each is
    /// emitted: a virtual thread that waits in there holds its carrier. Takes some milliseconds the
    /// first time.
    public static void register() {
        ALL.forEach(FlightRecorder::register);
    }
}

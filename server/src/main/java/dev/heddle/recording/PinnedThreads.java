package dev.heddle.recording;

import dev.heddle.telemetry.Counters;
import dev.heddle.telemetry.Warnings;

import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedStackTrace;
import jdk.jfr.consumer.RecordingStream;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

/// Counts virtual threads that held their carrier while they waited for more than 20 ms, and says
/// which code made them do so: at once the first two times at each of 100 places, else once in five
/// seconds. With two carriers, two such threads stop a server.
///
/// For that a stream of events is read, once a second, which remembers each thread that had one of
/// whatever else is recorded. Such a stream needs files, without which JFR ends the JVM: so this
/// ends as soon as there is little room for them, and is for tests and for a while, not for always.
final class PinnedThreads implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("heddle");
    private static final String HELD = "a virtual thread held its carrier for ";
    private static final int FRAMES = 8;
    private static final int MAX_PLACES = 100;

    private static final Duration BOUND = Duration.ofMillis(20);
    private static final Duration KEPT = Duration.ofSeconds(10);
    private static final String EVENT = "jdk.VirtualThreadPinned";

    private final RecordingStream stream = new RecordingStream();
    private final Counters counters;
    private final Map<String, Integer> told = new HashMap<>(); // belongs to the stream's thread
    private final Warnings warnings = new Warnings(LOG, HELD);

    PinnedThreads(Counters counters) {
        this.counters = counters;
    }

    /// Starts to look, until it is closed or there is no room for files.
    ///
    /// @param folder that JFR writes to
    /// @throws IOException if there is no room now
    static PinnedThreads watch(Counters counters, Path folder) throws IOException {
        DumpSpace.require(folder);
        PinnedThreads pins = new PinnedThreads(counters);
        pins.stream.onFlush(
                () -> {
                    if (DumpSpace.isMissing(folder)) {
                        LOG.warn("no room in {}: pinned threads are not counted", folder);
                        pins.close();
                    }
                });
        pins.stream.setMaxAge(KEPT);
        pins.stream.enable(EVENT).withThreshold(BOUND).withStackTrace();
        pins.stream.onEvent(EVENT, pins::pinned);
        pins.stream.startAsync();
        return pins;
    }

    @Override
    public void close() {
        stream.close();
    }

    private void pinned(RecordedEvent event) {
        held(
                event.getDuration().toMillis(),
                "%s, %s; at %s"
                        .formatted(
                                event.getString("blockingOperation"),
                                event.getString("pinnedReason"),
                                frames(event.getStackTrace())));
    }

    /// Counts and warns: of each place twice at once, for once may be chance.
    void held(long millis, String place) {
        counters.pinned.increment();
        String detail = millis + " ms: " + place;
        boolean isKnown = told.containsKey(place) || told.size() < MAX_PLACES;
        if (isKnown && told.merge(place, 1, Integer::sum) <= 2) {
            LOG.warn("{}{}", HELD, detail);
        } else {
            warnings.warnAbout(detail);
        }
    }

    /// The innermost frames that are not the JDK's machinery of parking.
    private static String frames(RecordedStackTrace stack) {
        if (stack == null) {
            return "an unknown place";
        }
        return stack.getFrames().stream()
                .filter(RecordedFrame::isJavaFrame)
                .map(PinnedThreads::text)
                .filter(frame -> !frame.startsWith("java.lang.VirtualThread."))
                .limit(FRAMES)
                .collect(Collectors.joining(" < "));
    }

    private static String text(RecordedFrame frame) {
        return frame.getMethod().getType().getName()
                + '.'
                + frame.getMethod().getName()
                + ':'
                + frame.getLineNumber();
    }
}

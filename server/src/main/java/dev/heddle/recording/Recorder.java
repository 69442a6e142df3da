package dev.heddle.recording;

import dev.heddle.config.JfrSettings;
import dev.heddle.telemetry.Counters;

import jdk.jfr.Recording;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/// All recordings of a server. **Thread-safe.**
public final class Recorder implements AutoCloseable {
    /// Recordings that somebody asks for, at the same time.
    public static final int MAX_RECORDINGS = 2;

    private static final Logger LOG = LoggerFactory.getLogger("heddle");

    private final Optional<BackgroundRecording> ring;
    private final Counters counters;
    private final JfrSettings settings;
    private final Optional<PinnedThreads> pins;
    private final Optional<Incidents> incidents;
    private final LiveEvents live = new LiveEvents();
    private final Semaphore free = new Semaphore(MAX_RECORDINGS);
    private final CountDownLatch closed = new CountDownLatch(1);

    /// The outcome of a request for a recording.
    public sealed interface Outcome {
        /// A recording, to be read and **closed by the caller**.
        record Made(InputStream recording) implements Outcome {}

        /// There are [#MAX_RECORDINGS] already.
        record Busy() implements Outcome {}

        /// There is no ring.
        record Off() implements Outcome {}
    }

    private Recorder(Optional<BackgroundRecording> ring, JfrSettings settings, Counters counters) {
        this.ring = ring;
        this.incidents = ring.map(each -> Incidents.watch(each, settings, counters));
        this.counters = counters;
        this.settings = settings;
        this.pins = settings.pinnedThreads() ? watchPinnedThreads() : Optional.empty();
    }

    /// Starts to look for incidents, if there is a ring, which the caller owns, and for pinned
    /// threads if the settings want it.
    public static Recorder start(
            Optional<BackgroundRecording> ring, JfrSettings settings, Counters counters) {
        return new Recorder(ring, settings, counters);
    }

    private Optional<PinnedThreads> watchPinnedThreads() {
        try {
            return Optional.of(PinnedThreads.watch(counters, memory().folder()));
        } catch (IOException impossible) {
            LOG.warn("pinned threads are not counted: {}", impossible.toString());
            return Optional.empty();
        }
    }

    /// Records for a time, and blocks until it is over or the server stops.
    ///
    /// @throws IOException when there is no room for it on the disk, for example
    public Outcome record(Duration time, Template template)
            throws IOException, InterruptedException {
        return made(
                () -> {
                    JfrMemory memory = memory();
                    Instant since = Instant.now();
                    try (Recording recording = JfrMemory.begin(template.word(), template)) {
                        closed.await(time.toMillis(), TimeUnit.MILLISECONDS);
                        return deleted(file -> memory.write(recording, since, file));
                    }
                });
    }

    /// Dumps the ring. Blocks until it is written.
    ///
    /// @throws IOException when there is no room for it on the disk, for example
    public Outcome dump() throws IOException, InterruptedException {
        return ring.isEmpty() ? new Outcome.Off() : made(() -> deleted(ring.get()::dump));
    }

    /// Whether there are no more recordings, because the server stops.
    public boolean isEnding() {
        return closed.getCount() == 0;
    }

    /// Ends the recordings that somebody waits for, and refuses more: from the moment when a signal
    /// comes, JFR ends too.
    public void end() {
        closed.countDown();
    }

    /// How a recording is made.
    private interface Making {
        InputStream make() throws IOException, InterruptedException;
    }

    /// The recording that was made. Its place is free again when it has been read and closed.
    private Outcome made(Making making) throws IOException, InterruptedException {
        if (isEnding()) {
            throw new IOException("recording has ended");
        }
        if (!free.tryAcquire()) {
            return new Outcome.Busy();
        }
        boolean isMade = false;
        try {
            InputStream recording = new Placed(making.make());
            isMade = true;
            return new Outcome.Made(recording);
        } catch (IOException unwritten) {
            counters.recordingsMissed.increment();
            throw unwritten;
        } catch (IllegalStateException ended) {
            throw new IOException("recording has ended", ended); // by JFR, at a signal
        } finally {
            if (!isMade) {
                free.release();
            }
        }
    }

    /// A recording that takes a place until it is closed.
    private final class Placed extends FilterInputStream {
        private final AtomicBoolean isOpen = new AtomicBoolean(true);

        Placed(InputStream recording) {
            super(recording);
        }

        @Override
        public void close() throws IOException {
            super.close();
            if (isOpen.getAndSet(false)) {
                free.release();
            }
        }
    }

    /// The events as they happen.
    public LiveEvents live() {
        return live;
    }

    /// Ends everything but the ring.
    @Override
    public void close() {
        closed.countDown();
        live.close();
        pins.ifPresent(PinnedThreads::close);
        incidents.ifPresent(Incidents::close);
    }

    /// Writes a file.
    private interface Dump {
        void to(Path file) throws IOException;
    }

    /// A file that nobody has to delete, since it is not in its folder any more: it is gone when it
    /// is closed, or with the process.
    private InputStream deleted(Dump dump) throws IOException {
        Path file = Files.createTempFile(memory().folder(), "dump", ".jfr");
        try {
            dump.to(file);
            return Files.newInputStream(file);
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private JfrMemory memory() throws IOException {
        return JfrMemory.ofThisProcess(settings);
    }
}

package dev.heddle.config;

import java.time.Duration;
import java.util.List;

/// The rows of the [SettingsTable] about what the server tells of itself: its recording and its
/// log.
///
/// @param jfr the recording of the JDK's Flight Recorder
/// @param log the lines on the error stream
record RecordRows(Jfr jfr, Log log) implements RowGroup {
    static final RecordRows ALL =
            new RecordRows(
                    new Jfr(
                            new Setting<>(
                                    "jfr.ring",
                                    Kind.span(true),
                                    "5m",
                                    "how long later dumps repeat a dump; 0s is off"),
                            new Setting<>(
                                    "jfr.ring-bytes",
                                    Kind.size(1 << 20, 1L << 30),
                                    "16MiB",
                                    "memory that the recording takes"),
                            new Setting<>(
                                    "jfr.folder",
                                    TokenKinds.FILE,
                                    "",
                                    "folder where the recording is written on an incident"),
                            new Setting<>(
                                    "jfr.folder-bytes",
                                    Kind.size(1 << 20, 1L << 40),
                                    "256MiB",
                                    "recordings kept in that folder"),
                            new Setting<>(
                                    "jfr.slow-consumers",
                                    EndpointRows.SOME,
                                    "20",
                                    "more slow consumers within 10 s are an incident"),
                            new Setting<>(
                                    "jfr.pinned-threads",
                                    Kind.choice(),
                                    "false",
                                    "count and log pinned threads")),
                    new Log(
                            new Setting<>(
                                    "log.level",
                                    Kind.word(LogLevel.class),
                                    "info",
                                    "least severe level logged: error, warn, info, debug, trace"),
                            new Setting<>(
                                    "log.requests",
                                    Kind.choice(),
                                    "false",
                                    "whether each HTTP request is a line in the log")));

    /// @param ring how far back it goes
    record Jfr(
            Setting<Duration> ring,
            Setting<Long> ringBytes,
            Setting<String> folder,
            Setting<Long> folderBytes,
            Setting<Integer> slowConsumers,
            Setting<Boolean> pinnedThreads) {}

    /// @param level the least that is logged
    /// @param requests whether each HTTP request is
    record Log(Setting<LogLevel> level, Setting<Boolean> requests) {}

    @Override
    public List<Setting<?>> all() {
        return List.of(
                jfr.ring,
                jfr.ringBytes,
                jfr.folder,
                jfr.folderBytes,
                jfr.slowConsumers,
                jfr.pinnedThreads,
                log.level,
                log.requests);
    }
}

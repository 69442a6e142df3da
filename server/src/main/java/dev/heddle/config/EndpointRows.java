package dev.heddle.config;

import java.util.List;

/// The rows of the [SettingsTable] that every endpoint has.
///
/// @param paths where it is
/// @param deflate whether its messages may be compressed
/// @param arriving bounds of what clients send
/// @param waiting bounds of what waits for a client
record EndpointRows(
        Setting<List<String>> paths, Setting<Boolean> deflate, Arriving arriving, Waiting waiting) {

    static final Kind<Integer> SOME = Kind.count(1, 1_000_000);
    static final Kind<Long> BYTES = Kind.size(1, 1L << 30);

    /// What one message to `/acc` may be. In less there is hardly room for a command.
    private static final Kind<Long> COMMAND_BYTES = Kind.size(256, 1L << 30);

    static final EndpointRows WS =
            new EndpointRows(
                    new Setting<>(
                            "ws.paths",
                            PathList.KIND,
                            "/ws",
                            "where the raw hub is; one or several paths"),
                    new Setting<>(
                            "ws.deflate",
                            Kind.choice(),
                            "false",
                            "whether messages of /ws are compressed"),
                    new Arriving(
                            new Setting<>("ws.frame-bytes", BYTES, "1MiB", "one frame to /ws"),
                            new Setting<>("ws.message-bytes", BYTES, "1MiB", "one message to /ws"),
                            new Setting<>(
                                    "ws.fragments",
                                    SOME,
                                    "8192",
                                    "fragments of one message to /ws"),
                            new Setting<>(
                                    "ws.unfinished-bytes",
                                    BYTES,
                                    "2MiB",
                                    "a client's unfinished message to /ws")),
                    new Waiting(
                            new Setting<>(
                                    "ws.outbox-messages",
                                    SOME,
                                    "256",
                                    "messages waiting for a client of /ws"),
                            new Setting<>(
                                    "ws.outbox-bytes",
                                    BYTES,
                                    "1MiB",
                                    "bytes waiting for a client of /ws")));

    static final EndpointRows ECHO =
            new EndpointRows(
                    new Setting<>(
                            "echo.paths",
                            PathList.KIND,
                            "/echo",
                            "where messages are echoed; one or several paths"),
                    new Setting<>(
                            "echo.deflate",
                            Kind.choice(),
                            "false",
                            "whether messages of /echo are compressed"),
                    new Arriving(
                            new Setting<>("echo.frame-bytes", BYTES, "16MiB", "one frame to /echo"),
                            new Setting<>(
                                    "echo.message-bytes", BYTES, "16MiB", "one message to /echo"),
                            new Setting<>(
                                    "echo.fragments",
                                    SOME,
                                    "131072",
                                    "fragments of one message to /echo"),
                            new Setting<>(
                                    "echo.unfinished-bytes",
                                    BYTES,
                                    "32MiB",
                                    "a client's unfinished message to /echo")),
                    new Waiting(
                            new Setting<>(
                                    "echo.outbox-messages",
                                    SOME,
                                    "256",
                                    "messages waiting for a client of /echo"),
                            new Setting<>(
                                    "echo.outbox-bytes",
                                    BYTES,
                                    "1MiB",
                                    "bytes waiting for a client of /echo")));

    static final EndpointRows ACC =
            new EndpointRows(
                    new Setting<>(
                            "acc.paths",
                            PathList.KIND,
                            "/acc",
                            "where users log in; one or several paths"),
                    new Setting<>(
                            "acc.deflate",
                            Kind.choice(),
                            "false",
                            "whether messages of /acc are compressed"),
                    new Arriving(
                            new Setting<>(
                                    "acc.frame-bytes", COMMAND_BYTES, "64KiB", "one frame to /acc"),
                            new Setting<>(
                                    "acc.message-bytes",
                                    COMMAND_BYTES,
                                    "64KiB",
                                    "one message to /acc"),
                            new Setting<>(
                                    "acc.fragments",
                                    SOME,
                                    "512",
                                    "fragments of one message to /acc"),
                            new Setting<>(
                                    "acc.unfinished-bytes",
                                    BYTES,
                                    "64KiB",
                                    "a client's unfinished message to /acc")),
                    new Waiting(
                            new Setting<>(
                                    "acc.outbox-messages",
                                    SOME,
                                    "256",
                                    "messages waiting for a client of /acc"),
                            new Setting<>(
                                    "acc.outbox-bytes",
                                    BYTES,
                                    "1MiB",
                                    "bytes waiting for a client of /acc")));

    /// Bounds of what clients send.
    record Arriving(
            Setting<Long> frameBytes,
            Setting<Long> messageBytes,
            Setting<Integer> fragments,
            Setting<Long> unfinishedBytes) {}

    /// Bounds of what waits for a client.
    record Waiting(Setting<Integer> messages, Setting<Long> bytes) {}

    /// All of them, in the order in which they are shown.
    List<Setting<?>> all() {
        return List.of(
                paths,
                deflate,
                arriving.frameBytes,
                arriving.messageBytes,
                arriving.fragments,
                arriving.unfinishedBytes,
                waiting.messages,
                waiting.bytes);
    }
}

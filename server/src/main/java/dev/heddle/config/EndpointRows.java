package dev.heddle.config;

import java.util.List;

/// The rows of the [SettingsTable] that every endpoint has.
///
/// @param paths where it is
/// @param negotiated what it agrees on with each client
/// @param arriving bounds of what clients send
/// @param waiting bounds of what waits for a client
record EndpointRows(
        Setting<List<String>> paths, Negotiated negotiated, Arriving arriving, Waiting waiting)
        implements RowGroup {

    static final Kind<Integer> SOME = Kind.count(1, 1_000_000);
    static final Kind<Long> BYTES = Kind.size(1, 1L << 30);

    /// The sizes that one message to `/acc` may have. In fewer bytes there is hardly room for a
    /// command.
    private static final Kind<Long> COMMAND_BYTES = Kind.size(256, 1L << 30);

    static final EndpointRows WS =
            of("ws", "path of the broadcast hub", BYTES, new Usual("1MiB", "8192", "2MiB"));
    static final EndpointRows ECHO =
            of("echo", "path that echoes messages", BYTES, new Usual("16MiB", "131072", "32MiB"));
    static final EndpointRows ACC =
            of("acc", "path where users log in", COMMAND_BYTES, new Usual("64KiB", "512", "64KiB"));

    private static final Usual ROUTE = new Usual("64KiB", "512", "64KiB");

    /// The bounds of messages to an endpoint where nobody sets any.
    ///
    /// @param bytes of one message, and of one frame
    /// @param fragments of one message
    /// @param unfinished how much of a message may have arrived
    private record Usual(String bytes, String fragments, String unfinished) {}

    /// The rows of one endpoint.
    ///
    /// @param group what its settings' names begin with, which also is its usual path
    /// @param what it is there for
    /// @param bytes how long one message may be
    private static EndpointRows of(String group, String what, Kind<Long> bytes, Usual usual) {
        Setting<List<String>> paths =
                new Setting<>(
                        group + ".paths", PathList.KIND, '/' + group, what + "; one or several");
        return new EndpointRows(
                paths,
                Negotiated.of(group, group),
                Arriving.of(group, group, bytes, usual),
                Waiting.of(group, group));
    }

    /// The rows of a route of the gateway, which usually is at the path of its name.
    static EndpointRows ofRoute(String name) {
        String group = GatewayRows.GROUP + '.' + name;
        Setting<List<String>> paths =
                new Setting<>(
                        group + ".path",
                        PathList.KIND,
                        '/' + name,
                        "path of the route; one or several");
        return new EndpointRows(
                paths,
                Negotiated.of(group, name),
                Arriving.of(group, name, BYTES, ROUTE),
                Waiting.of(group, name));
    }

    /// The rows for what an endpoint agrees on with each client.
    ///
    /// @param subprotocols which it speaks
    /// @param required whether a client must offer one of them
    /// @param deflate whether its messages may be compressed
    record Negotiated(
            Setting<List<String>> subprotocols,
            Setting<Boolean> required,
            Setting<Boolean> deflate) {
        private static Negotiated of(String group, String path) {
            return new Negotiated(
                    new Setting<>(
                            group + ".subprotocols",
                            Subprotocols.KIND,
                            "",
                            "subprotocols that /" + path + " speaks"),
                    new Setting<>(
                            group + ".require-subprotocol",
                            Kind.choice(),
                            "false",
                            "whether a client of /" + path + " that offers none gets 400"),
                    new Setting<>(
                            group + ".deflate",
                            Kind.choice(),
                            "false",
                            "whether messages of /" + path + " are compressed"));
        }
    }

    /// Bounds of what clients send.
    record Arriving(
            Setting<Long> frameBytes,
            Setting<Long> messageBytes,
            Setting<Integer> fragments,
            Setting<Long> unfinishedBytes) {
        private static Arriving of(String group, String path, Kind<Long> bytes, Usual usual) {
            return new Arriving(
                    new Setting<>(
                            group + ".frame-bytes",
                            bytes,
                            usual.bytes,
                            "largest frame to /" + path),
                    new Setting<>(
                            group + ".message-bytes",
                            bytes,
                            usual.bytes,
                            "largest message to /" + path),
                    new Setting<>(
                            group + ".fragments",
                            SOME,
                            usual.fragments,
                            "most fragments of one message to /" + path),
                    new Setting<>(
                            group + ".unfinished-bytes",
                            BYTES,
                            usual.unfinished,
                            "largest unfinished message to /" + path));
        }
    }

    /// Bounds of what waits for a client.
    record Waiting(Setting<Integer> messages, Setting<Long> bytes) {
        private static Waiting of(String group, String path) {
            return new Waiting(
                    new Setting<>(
                            group + ".outbox-messages",
                            SOME,
                            "256",
                            "messages waiting for a client of /" + path),
                    new Setting<>(
                            group + ".outbox-bytes",
                            BYTES,
                            "1MiB",
                            "bytes waiting for a client of /" + path));
        }
    }

    @Override
    public List<Setting<?>> all() {
        return List.of(
                paths,
                negotiated.subprotocols,
                negotiated.required,
                negotiated.deflate,
                arriving.frameBytes,
                arriving.messageBytes,
                arriving.fragments,
                arriving.unfinishedBytes,
                waiting.messages,
                waiting.bytes);
    }
}

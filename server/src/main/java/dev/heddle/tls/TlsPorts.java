package dev.heddle.tls;

import dev.heddle.config.Settings;
import dev.heddle.telemetry.Counters;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// TLS on the ports of a server, whose files are looked at every few seconds. **Thread-safe.**
///
/// @param open of the public port, if it speaks TLS
/// @param internal of the internal port, if it does
/// @param watch looks at the files
public record TlsPorts(Optional<TlsPort> open, Optional<TlsPort> internal, Thread watch) {
    private static final Duration LOOK = Duration.ofSeconds(5);

    /// Reads the files. Blocks.
    ///
    /// @throws TlsFault if they cannot be used
    public static TlsPorts open(Settings settings, Counters counters) throws TlsFault {
        Counters.expect(counters.tlsHandshakesByResult(), HandshakeResult.labels());
        Counters.expect(counters.tlsReloadsByResult(), List.of("done", "failed"));
        Optional<TlsPort> open = TlsPort.open("tls", settings.net().tls(), counters);
        Optional<TlsPort> internal =
                TlsPort.open("internal.tls", settings.internal().tls(), counters);
        TlsPort[] all = Stream.concat(open.stream(), internal.stream()).toArray(TlsPort[]::new);
        Thread watch =
                Thread.ofVirtual()
                        .name("heddle-certificates")
                        .unstarted(() -> watch(counters, all));
        return new TlsPorts(open, internal, watch);
    }

    private static void watch(Counters counters, TlsPort... ports) {
        try {
            while (true) {
                Thread.sleep(LOOK);
                for (TlsPort port : ports) {
                    look(port, counters);
                }
            }
        } catch (InterruptedException stopped) {
            // The server stops.
        }
    }

    private static void look(TlsPort port, Counters counters) {
        try {
            port.look();
        } catch (RuntimeException | Error bug) {
            counters.bug(bug); // and the next look is another try
        }
    }

    /// Starts to look at the files.
    public void start() {
        if (open.isPresent() || internal.isPresent()) {
            watch.start();
        }
    }

    /// Looks at them no more.
    public void stop() {
        watch.interrupt();
    }

    /// Reads the files again, now. Blocks.
    public void reload() {
        open.ifPresent(TlsPort::reload);
        internal.ifPresent(TlsPort::reload);
    }

    /// How many buffers are lent.
    public int leased() {
        return open.map(TlsPort::leased).orElse(0) + internal.map(TlsPort::leased).orElse(0);
    }
}

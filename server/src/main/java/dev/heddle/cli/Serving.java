package dev.heddle.cli;

import dev.heddle.BindFailure;
import dev.heddle.Heddle;
import dev.heddle.Rehearsal;
import dev.heddle.config.Deadlines;
import dev.heddle.config.JfrSettings;
import dev.heddle.config.Settings;
import dev.heddle.net.transport.Sockets;
import dev.heddle.recording.BackgroundRecording;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;

/// A server's life in a process of its own, from the start until a signal.
///
/// @param console where the operator reads what is served and what is wrong
record Serving(Console console) {
    private static final String OPEN_LOGIN =
            "heddle: warning: without a key, /acc accepts any user id unchecked;"
                    + " set token.secret or token.key-file to change that";

    private static final Map<String, String> OPEN_ORIGINS =
            Map.of(
                    "*",
                    "heddle: warning: allow-origin has \"*\": every web page may connect, in"
                            + " the name of the user who visits it",
                    "null",
                    "heddle: warning: allow-origin has \"null\": pages of files may connect, and"
                            + " any page that hides in a sandboxed frame");

    private static final String NO_HANGUP =
            "heddle: nohup makes this server ignore SIGHUP; it finds a new certificate by itself"
                    + " within some seconds";

    /// What is not done so long after the drain's bound will never be.
    private static final Duration AFTER_DRAIN = Duration.ofSeconds(10);

    /// Connections after which what an idle one waits in is compiled.
    private static final int SHORT_REHEARSAL = 1_000;

    /// Starts the server and blocks until SIGINT or SIGTERM, after which the process drains the
    /// server and ends with exit code 0. Returns if there is nothing to wait for: the server cannot
    /// serve, or was asked by the HTTP API to end. It then drains when the process exits.
    int serve(Settings settings) {
        AtomicReference<@Nullable Heddle> served = new AtomicReference<>();
        Thread stop = new Thread(() -> stop(served.get(), settings.deadlines()), "stop");
        Runtime.getRuntime().addShutdownHook(stop);
        MemoryGuard guard = MemoryGuard.start();
        try {
            Optional<BackgroundRecording> ring = record(settings.jfr());
            warmUp(settings);
            Heddle heddle = Heddle.start(settings, ring);
            heddle.counters().whenOutOfMemory(guard::end);
            served.set(heddle);
            reloadAtHangup(heddle, settings);
            warn(settings);
            greet(settings, heddle);
            awaitDrain(heddle);
            return ExitCode.DONE;
        } catch (BindFailure failure) {
            console.err().println("heddle: " + BindFailures.explain(failure));
        } catch (IOException failure) {
            console.err().println("heddle: cannot serve: " + failure.getMessage());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().removeShutdownHook(stop); // which is for signals: it exits with 0
        return ExitCode.CANNOT_SERVE;
    }

    private void greet(Settings settings, Heddle heddle) {
        Sockets sockets = Sockets.choose(settings.net());
        Banner.lines(settings, sockets, heddle.port(), heddle.internalPort())
                .forEach(console.out()::println);
    }

    private void warn(Settings settings) {
        if (settings.token().isOpen()) {
            console.err().println(OPEN_LOGIN);
        }
        settings.server().allowOrigins().stream()
                .filter(OPEN_ORIGINS::containsKey)
                .forEach(origin -> console.err().println(OPEN_ORIGINS.get(origin)));
    }

    /// Where there are certificates, SIGHUP has them read again; otherwise it ends the process.
    private void reloadAtHangup(Heddle heddle, Settings settings) {
        if (settings.net().tls().isOn() || settings.internal().tls().isOn()) {
            if (!Signals.handle("HUP", heddle::reloadCertificates)) {
                console.err().println(NO_HANGUP);
            }
        }
    }

    /// Starts the recording before the code is compiled that recording changes.
    private Optional<BackgroundRecording> record(JfrSettings settings) {
        try {
            return BackgroundRecording.start(settings);
        } catch (IOException impossible) {
            console.err().println("heddle: cannot record: " + impossible.getMessage());
            return Optional.empty();
        }
    }

    private void warmUp(Settings settings) throws InterruptedException {
        Duration bound = settings.server().warmUp();
        try {
            if (bound.isPositive()) {
                Rehearsal.play(settings.net(), SHORT_REHEARSAL, bound);
            }
        } catch (IOException impossible) {
            console.err().println("heddle: cannot warm up: " + impossible.getMessage());
        }
    }

    /// Waits until the server is asked to end, and for its clients to be sent away. It records what
    /// happens meanwhile, which it cannot any more after a signal.
    private void awaitDrain(Heddle heddle) throws InterruptedException {
        CountDownLatch asked = new CountDownLatch(1);
        heddle.whenAskedToDrain(asked::countDown);
        asked.await();
        console.out().println("Asked to drain: not ready any more.");
        depart(heddle);
    }

    /// Halting is what makes the exit code 0: a JVM that a signal ends would exit with 128 and the
    /// signal's number.
    ///
    /// What hangs is left behind: JFR ends by itself at a signal, and may keep who waits for it.
    private void stop(@Nullable Heddle heddle, Deadlines deadlines) {
        try {
            if (heddle != null) {
                depart(heddle, deadlines.stopping());
                console.out().println("Draining.");
                Thread drained = Thread.ofPlatform().name("drain").daemon().start(heddle::drain);
                if (!drained.join(deadlines.stopping().drain().plus(AFTER_DRAIN))) {
                    console.err().println("heddle: the drain did not end in time; exiting anyway");
                }
            }
        } catch (InterruptedException impossible) {
            Thread.currentThread().interrupt();
        } finally {
            Runtime.getRuntime().halt(ExitCode.DONE);
        }
    }

    /// Lets balancers see that this server will be gone, and sends its clients away at a pace,
    /// until that is done or the next signal.
    private void depart(Heddle heddle, Deadlines.Stopping stopping) throws InterruptedException {
        boolean waits = stopping.unready().plus(stopping.drainSpread()).isPositive();
        for (String signal : List.of("INT", "TERM")) {
            if (!Signals.handle(signal, heddle::hurry) && waits) {
                console.err().println("heddle: a second " + signal + " cannot shorten this wait");
            }
        }
        depart(heddle);
    }

    private void depart(Heddle heddle) throws InterruptedException {
        heddle.depart(
                () -> console.out().println("/readyz answers 503; new clients are still let in."));
    }
}

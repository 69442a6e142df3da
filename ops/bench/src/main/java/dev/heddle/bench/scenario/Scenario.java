package dev.heddle.bench.scenario;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

import dev.heddle.bench.engine.Bounds;
import dev.heddle.bench.engine.Stamp;

import java.util.Locale;

/// What is asked of a server. Times are seconds, rates are per second and of all workers together.
/// A number out of its bounds is refused with an [IllegalArgumentException], for who gave it.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "scenario")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Scenario.Connect.class, name = "connect"),
    @JsonSubTypes.Type(value = Scenario.Echo.class, name = "echo"),
    @JsonSubTypes.Type(value = Scenario.Broadcast.class, name = "broadcast"),
    @JsonSubTypes.Type(value = Scenario.Churn.class, name = "churn"),
    @JsonSubTypes.Type(value = Scenario.Storm.class, name = "storm")
})
public sealed interface Scenario {
    /// The longest message, in bytes.
    int MOST_BYTES = 16 << 20;

    /// The most messages of a broadcast.
    int MOST_MESSAGES = 20_000_000;

    /// The highest rate.
    double MOST_PER_SECOND = 10_000_000;

    /// How many connections are open at once, at most.
    int connections();

    /// How many handshakes are under way at once in each worker, at most.
    int inFlight();

    /// Its name on the command line and in results.
    default String name() {
        return getClass().getSimpleName().toLowerCase(Locale.ROOT);
    }

    /// How long a message is, at most.
    default int longestMessageBytes() {
        return 1024;
    }

    /// The job of one worker.
    Job job(Site site);

    /// Opens all, holds them, closes all with a closing handshake; several times.
    ///
    /// @param waves how often
    /// @param hold how long all stay open
    /// @param closeWait how long the server may take to end the connections
    record Connect(int connections, int inFlight, int waves, double hold, double closeWait)
            implements Scenario {
        public Connect {
            Bounds.check("--connections", connections, 1, Bounds.MANY);
            Bounds.check("--in-flight", inFlight, 1, Bounds.MANY);
            Bounds.check("--waves", waves, 1, Bounds.MANY);
            Bounds.check("--hold", hold, 0, Bounds.SECONDS);
            Bounds.check("--close-wait", closeWait, 0, Bounds.SECONDS);
        }

        @Override
        public Job job(Site site) {
            return new Idle(site, this);
        }
    }

    /// Each connection sends messages and gets them back.
    ///
    /// @param depth how many each has on the way, when there is no rate
    /// @param bytes the length of each message
    /// @param warmup how long before measuring begins
    /// @param time how long is measured
    /// @param rate messages sent per second whatever comes back; 0 sends when one comes back
    record Echo(
            int connections,
            int inFlight,
            int depth,
            int bytes,
            double warmup,
            double time,
            double rate)
            implements Scenario {
        public Echo {
            Bounds.check("--connections", connections, 1, Bounds.MANY);
            Bounds.check("--in-flight", inFlight, 1, Bounds.MANY);
            Bounds.check("--depth", depth, 1, Bounds.MANY);
            Bounds.check("--bytes", bytes, Stamp.BYTES, MOST_BYTES);
            Bounds.check("--warmup", warmup, 0, Bounds.SECONDS);
            Bounds.check("--time", time, 0, Bounds.SECONDS);
            Bounds.check("--rate", rate, 0, MOST_PER_SECOND);
        }

        @Override
        public int longestMessageBytes() {
            return bytes;
        }

        @Override
        public Job job(Site site) {
            return new Echoing(site, this);
        }
    }

    /// All connections receive what one sends.
    ///
    /// @param messages how many are sent
    /// @param rate how many per second; 0 for no pause
    /// @param window how many may be on the way to a receiver; 0 for any number
    /// @param bytes the length of each message, when they are sent over WebSocket
    /// @param httpPath what to GET to have the server send one; empty to send over WebSocket
    /// @param httpConnections how many requests at once
    /// @param stall how long to wait for a delivery before giving up
    /// @param timeout how long all may take
    record Broadcast(
            int connections,
            int inFlight,
            int messages,
            double rate,
            int window,
            int bytes,
            String httpPath,
            int httpConnections,
            double stall,
            double timeout)
            implements Scenario {
        public Broadcast {
            Bounds.check("--connections", connections, 1, Bounds.MANY);
            Bounds.check("--in-flight", inFlight, 1, Bounds.MANY);
            Bounds.check("--messages", messages, 1, MOST_MESSAGES);
            Bounds.check("--rate", rate, 0, MOST_PER_SECOND);
            Bounds.check("--window", window, 0, MOST_MESSAGES);
            Bounds.check("--bytes", bytes, Stamp.BYTES, MOST_BYTES);
            Bounds.check(
                    "--http-connections", httpConnections, httpPath.isEmpty() ? 0 : 1, Bounds.MANY);
            Bounds.check("--stall", stall, 0, Bounds.SECONDS);
            Bounds.check("--timeout", timeout, 0, Bounds.SECONDS);
            if (!httpPath.matches("(/[!-~]*)?")) {
                throw new IllegalArgumentException("--http-path must be like /benchmark");
            }
        }

        @Override
        public int longestMessageBytes() {
            return bytes;
        }

        /// Whether messages are sent by requests over HTTP, and so carry no numbers.
        public boolean isViaHttp() {
            return !httpPath.isEmpty();
        }

        @Override
        public Job job(Site site) {
            return new Broadcasting(site, this);
        }
    }

    /// Connections come and go: each is opened and closed at once.
    ///
    /// @param inFlight how many are opening at once in each worker, at most
    /// @param rate connections per second
    /// @param time for how long
    /// @param closeWait how long the server may take to end the last
    record Churn(int inFlight, double rate, double time, double closeWait) implements Scenario {
        public Churn {
            Bounds.check("--in-flight", inFlight, 1, Bounds.MANY);
            Bounds.check("--rate", rate, 0.001, MOST_PER_SECOND);
            Bounds.check("--time", time, 0, Bounds.SECONDS);
            Bounds.check("--close-wait", closeWait, 0, Bounds.SECONDS);
        }

        @Override
        public int connections() {
            return inFlight;
        }

        @Override
        public Job job(Site site) {
            return new Churning(site, this);
        }
    }

    /// All connections drop at once and come back, while others go on.
    ///
    /// @param within the time in which they come back, spread evenly at random
    /// @param bystanders connections that stay, beside the others
    /// @param pingRate pings per second from all bystanders
    /// @param baseline how long the bystanders are alone with the idle connections before the storm
    /// @param timeout how long it may take until all are back
    record Storm(
            int connections,
            int inFlight,
            double within,
            int bystanders,
            double pingRate,
            double baseline,
            double timeout)
            implements Scenario {
        public Storm {
            Bounds.check("--connections", connections, 1, Bounds.MANY);
            Bounds.check("--in-flight", inFlight, 1, Bounds.MANY);
            Bounds.check("--within", within, 0, Bounds.SECONDS);
            Bounds.check("--bystanders", bystanders, 0, Bounds.MANY);
            Bounds.check("--ping-rate", pingRate, 0.001, MOST_PER_SECOND);
            Bounds.check("--baseline", baseline, 0, Bounds.SECONDS);
            Bounds.check("--timeout", timeout, 0, Bounds.SECONDS);
        }

        @Override
        public Job job(Site site) {
            return new Storming(site, this);
        }
    }
}

package dev.heddle.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/// The questions of `heddle top` to a server, and its knowledge of it. **For one thread.**
final class TopWatch {
    private static final Duration AGAIN = Duration.ofSeconds(1);

    /// The server walks through its connections for these, so they are asked more rarely.
    private static final int SECONDS_BETWEEN_TABLES = 3;

    private static final int ROWS = 20;
    private static final String TIME = "id: ";
    private static final String DATA = "data: ";

    private final OperatorClient server;
    private final Duration silence;
    private final LiveSamples samples = new LiveSamples();
    private JsonNode places = MissingNode.getInstance();
    private JsonNode connections = MissingNode.getInstance();
    private int secondsToTables;

    /// The time of the next sample, in seconds by the server's clock.
    private double time;

    /// @param silence after which the server counts as lost
    TopWatch(OperatorClient server, Duration silence) {
        this.server = server;
        this.silence = silence;
    }

    /// Takes each second's numbers.
    private interface Taker {
        /// @return whether to go on
        boolean take() throws Complaint, InterruptedException;
    }

    /// Shows what the server says, and comes back when it was away. Blocks until it refuses, or
    /// does not answer the first time.
    ///
    /// @throws Complaint always
    void show(Screen screen) throws Complaint, InterruptedException {
        while (true) {
            try {
                read(
                        () -> {
                            askForTables();
                            screen.show(lines("live", screen.size(), Screen.Style.ANSI));
                            return true;
                        });
            } catch (Complaint complaint) {
                if (!complaint.mayPass() || samples.size() == 0) {
                    throw complaint;
                }
            }
            secondsToTables = 0;
            screen.show(lines("lost, trying again", screen.size(), Screen.Style.ANSI));
            Thread.sleep(AGAIN);
        }
    }

    /// One picture, after a second: rates need two numbers.
    ///
    /// @throws Complaint if the server does not answer, or refuses
    List<String> once(Screen.Size size) throws Complaint, InterruptedException {
        read(() -> samples.size() < 2);
        if (samples.size() < 2) {
            throw Complaint.cannot(server.base() + " does not answer: it ended");
        }
        askForTables();
        return lines("live", size, Screen.Style.PLAIN);
    }

    /// Reads until the server ends the stream, or is silent, or the taker has enough.
    private void read(Taker taker) throws Complaint, InterruptedException {
        InputStream live = new Unsilent(server.get("/debug/live"), silence);
        try (var lines = new BufferedReader(new InputStreamReader(live, StandardCharsets.UTF_8))) {
            boolean goesOn = true;
            String line;
            while (goesOn && (line = lines.readLine()) != null) {
                goesOn = !add(line) || taker.take();
            }
        } catch (IOException ended) {
            // It may be there again, which the next request finds out.
        }
    }

    /// Adds what a line of the stream says.
    ///
    /// @return whether there is a sample more now
    private boolean add(String line) throws IOException {
        if (line.startsWith(TIME)) {
            time = Double.parseDouble(line.substring(TIME.length())) / 1e3;
        }
        boolean isSample = line.startsWith(DATA);
        if (isSample) {
            samples.add(time, OperatorClient.parsed(line.substring(DATA.length())));
        }
        return isSample;
    }

    private void askForTables() throws Complaint, InterruptedException {
        if (secondsToTables-- <= 0) {
            places = server.json(WhereCommand.TARGET);
            connections = server.json("/debug/connections?sort=outbox&limit=" + ROWS);
            secondsToTables = SECONDS_BETWEEN_TABLES - 1;
        }
    }

    private List<String> lines(String state, Screen.Size size, Screen.Style style) {
        String title =
                "Heddle at %s: %s, up %s"
                        .formatted(server.base(), state, Figures.age(samples.upSeconds()));
        return new TopFrame(title, samples, places, connections).lines(size, style);
    }
}

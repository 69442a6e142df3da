package dev.heddle.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

import dev.heddle.config.Printable;
import dev.heddle.config.Settings;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Collectors;

/// Looks into a server that runs, through its internal port.
///
/// @param out where events and names of files go
/// @param err where it says why it cannot
/// @param silence after which a stream of events counts as lost; the server shows life every 15 s
record WatchCommand(PrintStream out, PrintStream err, Duration silence) {
    private static final JsonMapper JSON = new JsonMapper();

    /// Two signs of life that have not come, and some time.
    private static final Duration SILENCE = Duration.ofSeconds(35);

    private static final Duration AGAIN = Duration.ofSeconds(1);
    private static final String DATA = "data: ";
    private static final String EVENT = "event: ";

    WatchCommand(PrintStream out, PrintStream err) {
        this(out, err, SILENCE);
    }

    /// Has the server record itself and writes that to a new file, whose name is printed. Blocks
    /// for as long.
    int record(Settings settings, WatchOptions options) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        Path file =
                options.output()
                        .orElse(
                                Path.of(
                                        "heddle-"
                                                + now.toString().replaceAll("[-:]", "")
                                                + ".jfr"));
        if (Files.exists(file)) {
            return cannot(file + " exists already");
        }
        String target = "/debug/jfr?seconds=" + options.seconds();
        try (InputStream recording = new InternalPort(settings).post(target)) {
            copy(recording, file);
            out.println(file);
            return Main.DONE;
        } catch (InternalPort.Failure failure) {
            return cannot(failure.text());
        } catch (FileAlreadyExistsException taken) {
            return cannot(file + " exists already");
        } catch (IOException broken) {
            return cannot("cannot write " + file + ": " + broken);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return Main.CANNOT_SERVE;
        }
    }

    /// Prints events as they happen, one in each line. Ends only when the server does, or refuses.
    int tail(Settings settings, WatchOptions options) {
        InternalPort port = new InternalPort(settings);
        String target = "/debug/events?" + query(options);
        try {
            while (true) { // the server ends each answer after some minutes
                try (BufferedReader lines =
                        new BufferedReader(
                                new InputStreamReader(
                                        new Unsilent(port.get(target), silence),
                                        StandardCharsets.UTF_8))) {
                    print(lines);
                } catch (IOException ended) {
                    // It may be there again, which the next request finds out.
                }
                Thread.sleep(AGAIN);
            }
        } catch (InternalPort.Failure failure) {
            return cannot(failure.text());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return Main.CANNOT_SERVE;
        }
    }

    private static void copy(InputStream recording, Path file) throws IOException {
        try {
            Files.copy(recording, file);
        } catch (FileAlreadyExistsException ofSomebodyElse) {
            throw ofSomebodyElse;
        } catch (IOException broken) {
            Files.deleteIfExists(file);
            throw broken;
        }
    }

    private void print(BufferedReader lines) throws IOException {
        String type = "";
        String line;
        while ((line = lines.readLine()) != null) {
            if (line.startsWith(EVENT)) {
                type = line.substring(EVENT.length());
            } else if (line.startsWith(DATA)) {
                out.println(text(type, JSON.readTree(line.substring(DATA.length()))));
                out.flush();
            }
        }
    }

    /// One line: what a peer has sent may be in it, and must not move the cursor.
    private static String text(String type, JsonNode fields) {
        String values =
                fields.properties().stream()
                        .filter(field -> !field.getKey().equals("time"))
                        .map(
                                field ->
                                        field.getKey()
                                                + '='
                                                + Printable.of(field.getValue().asText()))
                        .collect(Collectors.joining(" "));
        return "%s %s %s".formatted(fields.path("time").asText(), type, values).strip();
    }

    private static String query(WatchOptions options) {
        List<String> types = options.types();
        if (types.isEmpty()) {
            return about(options);
        }
        return "type=" + InternalPort.encoded(String.join(",", types)) + about(options);
    }

    private static String about(WatchOptions options) {
        return ""
                + options.user().map(user -> "&user=" + InternalPort.encoded(user)).orElse("")
                + options.connection().map(id -> "&connection=" + id).orElse("");
    }

    private int cannot(String why) {
        err.println("heddle: " + why);
        return Main.CANNOT_SERVE;
    }
}

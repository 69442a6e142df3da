package dev.heddle.api.inside;

import dev.heddle.api.http.Answer;
import dev.heddle.api.http.Call;
import dev.heddle.api.http.Parameters;
import dev.heddle.api.http.ProblemType;
import dev.heddle.api.http.Refusal;
import dev.heddle.api.http.Route;
import dev.heddle.control.Callees;
import dev.heddle.recording.LiveEvents;
import dev.heddle.recording.Recorder;
import dev.heddle.recording.Recorder.Outcome;
import dev.heddle.recording.Template;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Recordings of JDK Flight Recorder to download, and Heddle's own events as they happen.
final class RecordingRoutes {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final String USUAL_SECONDS = "30";
    private static final int MAX_SECONDS = 300;

    private final Recorder recorder;
    private final Callees callees;

    RecordingRoutes(Insight insight) {
        this.recorder = insight.recorder();
        this.callees = insight.callees();
    }

    List<Route> routes() {
        return List.of(
                Route.post("/debug/jfr", this::record).watched(),
                Route.post("/debug/jfr/dump", this::dump),
                Route.get("/debug/events", this::listen).watched());
    }

    private Answer record(Call call) throws Refusal {
        Parameters query = call.query("seconds", "settings");
        Duration time = seconds(query.find("seconds").orElse(USUAL_SECONDS));
        String word = query.find("settings").orElse(Template.HEDDLE.word());
        Template template =
                Template.of(word)
                        .orElseThrow(
                                () ->
                                        new Refusal(
                                                ProblemType.BAD_REQUEST,
                                                "settings is heddle, default or profile"));
        return made(() -> recorder.record(time, template));
    }

    private Answer dump(Call call) throws Refusal {
        return made(recorder::dump);
    }

    /// How a recording is made.
    private interface Maker {
        Outcome make() throws IOException, InterruptedException;
    }

    private static Answer made(Maker making) throws Refusal {
        try {
            return answer(making.make());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new Refusal(ProblemType.CANNOT_RECORD, "the server stops");
        } catch (IOException impossible) {
            throw new Refusal(ProblemType.CANNOT_RECORD, String.valueOf(impossible.getMessage()));
        }
    }

    private Answer listen(Call call) throws Refusal {
        EventFilter filter = EventFilter.of(call, callees);
        if (recorder.isEnding()) {
            throw new Refusal(ProblemType.CANNOT_RECORD, "recording has ended");
        }
        if (!recorder.live().hasRoom()) {
            throw new Refusal(ProblemType.TOO_MANY, LiveEvents.MAX_LISTENERS + " listen already");
        }
        return Answer.stream("text/event-stream", new EventStream(recorder.live(), filter));
    }

    private static Duration seconds(String text) throws Refusal {
        return Optional.of(text)
                .filter(digits -> digits.matches("[0-9]{1,3}"))
                .map(Integer::valueOf)
                .filter(seconds -> seconds >= 1 && seconds <= MAX_SECONDS)
                .map(Duration::ofSeconds)
                .orElseThrow(
                        () ->
                                new Refusal(
                                        ProblemType.BAD_REQUEST,
                                        "seconds is a number from 1 to " + MAX_SECONDS));
    }

    private static Answer answer(Outcome outcome) throws Refusal {
        return switch (outcome) {
            case Outcome.Made(InputStream recording) -> download(recording);
            case Outcome.Busy _ ->
                    throw new Refusal(
                            ProblemType.TOO_MANY,
                            Recorder.MAX_RECORDINGS + " recordings are being made already");
            case Outcome.Off _ ->
                    throw new Refusal(
                            ProblemType.NOT_RECORDING, "jfr.ring is 0s, or JFR could not record");
        };
    }

    private static Answer download(InputStream recording) {
        String name = "heddle-" + TIME.format(Instant.now()) + ".jfr";
        Map<String, String> headers =
                Map.of(
                        "Content-Type",
                        "application/octet-stream",
                        "Content-Disposition",
                        "attachment; filename=\"" + name + '"');
        return new Answer(200, headers, new Answer.Body.Streamed(new Download(recording)));
    }

    private record Download(InputStream recording) implements Answer.Writer {
        @Override
        public void writeTo(OutputStream out) throws IOException {
            recording.transferTo(out);
        }

        @Override
        public void close() throws IOException {
            recording.close();
        }
    }
}

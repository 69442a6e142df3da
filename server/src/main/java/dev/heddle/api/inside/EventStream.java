package dev.heddle.api.inside;

import dev.heddle.api.http.Answer;
import dev.heddle.json.Json;
import dev.heddle.recording.LiveEvent;
import dev.heddle.recording.LiveEvents;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// Server-sent events: `event:` is the type, `data:` its fields as JSON. One that says `lost` tells
/// a peer that reads slowly how many it has not got. A comment comes when nothing has come for
/// long, which shows that somebody still listens.
///
/// @param live whom it listens to while it is written
/// @param filter which events are written
record EventStream(LiveEvents live, EventFilter filter) implements Answer.Writer {
    static final Duration HEARTBEAT = Duration.ofSeconds(15);
    private static final byte[] COMMENT = ascii(":\n\n");
    private static final byte[] START = ascii("retry: 1000\n\n");

    @Override
    public void writeTo(OutputStream out) throws IOException {
        Optional<LiveEvents.Listener> room = live.listen(filter);
        if (room.isEmpty()) {
            return; // taken since it was looked for: the peer comes back
        }
        try (LiveEvents.Listener listener = room.get()) {
            out.write(START);
            out.flush();
            while (!listener.isOver()) {
                Optional<LiveEvent> event = listener.next(HEARTBEAT);
                long lost = listener.lost();
                if (lost > 0) {
                    write(out, new LiveEvent("lost", Map.of("events", lost)));
                }
                if (event.isPresent()) {
                    write(out, event.get());
                } else if (!listener.isOver()) {
                    out.write(COMMENT);
                }
                out.flush();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private static void write(OutputStream out, LiveEvent event) throws IOException {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.writeBytes(ascii("event: " + event.name() + "\ndata: "));
        whole.writeBytes(Json.write(event.fields()));
        whole.writeBytes(ascii("\n\n"));
        whole.writeTo(out);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}

package dev.heddle.api.inside;

import com.fasterxml.jackson.core.JsonGenerator;

import dev.heddle.json.Json;
import dev.heddle.telemetry.Inspection;
import dev.heddle.telemetry.Traffic;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.Map;

/// Every platform thread and every connection's thread with its stack, as JSON, in the words of the
/// JDK's own dump.
///
/// The JDK's takes the processor for as long as it needs, 1.4 s for 15,000 connections, and has
/// crashed the JVM (25.0.3) under load. This one rests for four times as long as it works, so that
/// those who are looked at do not notice.
final class ThreadDump {
    private static final int BURST = 50;
    private static final int REST = 4;

    private final JsonGenerator json;
    private int written;
    private long begunNanos = System.nanoTime();

    private ThreadDump(JsonGenerator json) {
        this.json = json;
    }

    /// Writes a dump, and blocks until all of it is written.
    static void write(Inspection inspection, OutputStream out) throws IOException {
        try (JsonGenerator json = Json.generator(out)) {
            ThreadDump dump = new ThreadDump(json);
            json.writeStartObject();
            json.writeObjectFieldStart("threadDump");
            json.writeStringField("time", Instant.now().toString());
            json.writeStringField("runtimeVersion", Runtime.version().toString());
            json.writeArrayFieldStart("threads");
            for (Map.Entry<Thread, StackTraceElement[]> each :
                    Thread.getAllStackTraces().entrySet()) {
                dump.platform(each.getKey(), each.getValue());
            }
            inspection.visitStacks(dump::connection);
            json.writeEndArray();
            json.writeEndObject();
            json.writeEndObject();
        }
    }

    private void platform(Thread thread, StackTraceElement[] stack) throws IOException {
        json.writeStartObject();
        json.writeNumberField("tid", thread.threadId());
        json.writeStringField("name", thread.getName());
        json.writeStringField("state", thread.getState().toString());
        stack(stack);
    }

    private void connection(Traffic connection, StackTraceElement[] stack) throws IOException {
        json.writeStartObject();
        json.writeBooleanField("virtual", true);
        json.writeNumberField("connection", connection.id());
        json.writeStringField("user", connection.user());
        json.writeStringField("state", connection.state());
        stack(stack);
    }

    private void stack(StackTraceElement[] frames) throws IOException {
        json.writeArrayFieldStart("stack");
        for (StackTraceElement frame : frames) {
            json.writeString(frame.toString());
        }
        json.writeEndArray();
        json.writeEndObject();
        if (++written % BURST == 0) {
            rest();
        }
    }

    private void rest() throws IOException {
        long worked = System.nanoTime() - begunNanos;
        try {
            Thread.sleep(Math.max(1, REST * worked / 1_000_000));
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new IOException("the server stops", stopping);
        }
        begunNanos = System.nanoTime();
    }
}

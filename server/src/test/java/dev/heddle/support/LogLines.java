package dev.heddle.support;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// The lines that this process logs, which is to say writes to the standard error stream, from now
/// until this is closed. They still appear there.
public final class LogLines implements AutoCloseable {
    private final PrintStream original = System.err;
    private final ByteArrayOutputStream lines = new ByteArrayOutputStream();

    public LogLines() {
        System.setErr(new PrintStream(new Tee(), true, StandardCharsets.UTF_8));
    }

    /// What has been logged so far.
    public List<String> all() {
        return lines.toString(StandardCharsets.UTF_8).lines().toList();
    }

    @Override
    public void close() {
        System.setErr(original);
    }

    private final class Tee extends OutputStream {
        @Override
        public void write(int octet) {
            lines.write(octet);
            original.write(octet);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            lines.write(bytes, offset, length);
            original.write(bytes, offset, length);
        }
    }
}

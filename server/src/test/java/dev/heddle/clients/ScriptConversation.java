package dev.heddle.clients;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/// A client in a process of its own, driven by lines of words. Every payload is Base64.
///
/// | command on its standard input | event on its standard output |
/// |---|---|
/// | `text PART,PART,…` | `open SUBPROTOCOL` |
/// | `binary PART,PART,…` | `text PAYLOAD`, `binary PAYLOAD` |
/// | `ping PAYLOAD` | `pong PAYLOAD` |
/// | `close CODE REASON` | `closed CODE REASON`, `failed DESCRIPTION` |
final class ScriptConversation extends Conversation {
    private static final String OPEN = "open ";

    private final Process process;
    private final String subprotocol;
    private final Writer commands;
    private final Thread reader;

    /// @param program what runs the script, and the script's name among the test's resources
    /// @param variables of its environment, added to those of this process
    ScriptConversation(
            URI uri, List<String> subprotocols, List<String> program, Map<String, String> variables)
            throws IOException, URISyntaxException {
        String script = program.getLast();
        URL found = Objects.requireNonNull(getClass().getResource("/clients/" + script));
        ProcessBuilder builder =
                new ProcessBuilder(
                        program.getFirst(), Path.of(found.toURI()).toString(), uri.toString());
        builder.command().addAll(subprotocols);
        builder.environment().putAll(variables);
        process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
        commands = process.outputWriter(StandardCharsets.US_ASCII);
        BufferedReader lines = process.inputReader(StandardCharsets.US_ASCII);
        String first = lines.readLine();
        if (first == null || !first.startsWith(OPEN)) {
            process.destroyForcibly();
            throw new IOException(script + " did not open a connection: " + first);
        }
        subprotocol = first.substring(OPEN.length());
        reader = Thread.startVirtualThread(() -> report(lines));
    }

    @Override
    String subprotocol() {
        return subprotocol;
    }

    @Override
    void sendText(List<String> parts) throws IOException {
        command("text " + parts.stream().map(this::encode).collect(Collectors.joining(",")));
    }

    @Override
    void sendBinary(List<byte[]> parts) throws IOException {
        command("binary " + parts.stream().map(this::encode).collect(Collectors.joining(",")));
    }

    @Override
    void sendPing(ByteBuffer payload) throws IOException {
        byte[] bytes = new byte[payload.remaining()];
        payload.get(bytes);
        command("ping " + encode(bytes));
    }

    @Override
    void sendClose(int code, String reason) throws IOException {
        command("close " + code + " " + encode(reason));
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        try {
            process.waitFor();
            reader.join();
        } catch (InterruptedException interrupted) {
            throw new IOException(interrupted);
        }
    }

    private void command(String line) throws IOException {
        commands.write(line + "\n");
        commands.flush();
    }

    private void report(BufferedReader lines) {
        try {
            String line;
            while ((line = lines.readLine()) != null) {
                happened(event(line));
            }
        } catch (IOException ended) {
            happened(new Event.Failed("the script has been ended"));
        }
    }

    private Event event(String line) {
        String[] words = line.split(" ", -1);
        ByteBuffer payload = ByteBuffer.wrap(Base64.getDecoder().decode(words[words.length - 1]));
        return switch (words[0]) {
            case "text" -> new Event.Text(decode(payload));
            case "binary" -> new Event.Binary(payload);
            case "pong" -> new Event.Pong(payload);
            case "closed" -> new Event.Closed(Integer.parseInt(words[1]), decode(payload));
            default -> new Event.Failed(decode(payload));
        };
    }

    private String encode(String text) {
        return encode(text.getBytes(StandardCharsets.UTF_8));
    }

    private String encode(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static String decode(ByteBuffer utf8) {
        return StandardCharsets.UTF_8.decode(utf8).toString();
    }
}

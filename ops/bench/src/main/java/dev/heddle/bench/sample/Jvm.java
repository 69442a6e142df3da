package dev.heddle.bench.sample;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A HotSpot JVM in another process, asked through its attach socket as `jcmd` does, but without
/// starting a JVM for every question, which would take the CPU from what is being measured.
/// **Thread-safe.**
final class Jvm {
    private static final Pattern USED = Pattern.compile("\\bused (\\d+)([KMG])");
    private static final String UNITS = "KMG";

    private final long pid;
    private final Path socket;

    private Jvm(long pid, Path socket) {
        this.pid = pid;
        this.socket = socket;
    }

    /// The JVM in that process; empty when it is none, or one that lets nobody attach.
    ///
    /// Blocks until the JVM has opened its socket, which takes some milliseconds the first time.
    static Optional<Jvm> in(long pid) {
        // To attach is to send SIGQUIT, which would end anything that is not a JVM.
        if (!isJvm(pid)) {
            return Optional.empty();
        }
        try {
            VirtualMachine.attach(Long.toString(pid)).detach();
            String inside = ProcFile.of(pid, "status").field("NSpid").replaceAll(".*\\s", "");
            return Optional.of(
                    new Jvm(pid, Path.of("/proc/" + pid + "/root/tmp/.java_pid" + inside)));
        } catch (AttachNotSupportedException | IOException closed) {
            return Optional.empty();
        }
    }

    /// Bytes of heap in use, garbage included.
    ///
    /// @throws IOException when the JVM does not answer
    long heapUsedBytes() throws IOException {
        return heapUsedBytes(command("GC.heap_info"));
    }

    /// Collects all garbage. Blocks until that is done.
    ///
    /// @throws IOException when the JVM does not answer
    void collect() throws IOException {
        command("GC.run");
    }

    /// What `GC.heap_info` says of the whole heap, whatever the collector: one line with `used` for
    /// each part of it, before those of the metaspace.
    static long heapUsedBytes(String info) {
        int end = info.indexOf("Metaspace");
        Matcher used = USED.matcher(end < 0 ? info : info.substring(0, end));
        long bytes = 0;
        while (used.find()) {
            int power = UNITS.indexOf(used.group(2)) + 1;
            bytes += Long.parseLong(used.group(1)) << (10 * power);
        }
        return bytes;
    }

    private String command(String command) throws IOException {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(socket));
            // Version 1 of the protocol: a name and always three arguments, each ended by NUL.
            String request = "1\0jcmd\0" + command + "\0\0\0";
            ByteBuffer bytes = ByteBuffer.wrap(request.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            byte[] answer = Channels.newInputStream(channel).readAllBytes();
            String text = new String(answer, StandardCharsets.UTF_8);
            if (!text.startsWith("0\n")) {
                throw new IOException("JVM " + pid + " refuses " + command + ": " + text.strip());
            }
            return text.substring(2);
        }
    }

    private static boolean isJvm(long pid) {
        try (var maps = Files.lines(Path.of("/proc/" + pid + "/maps"))) {
            return maps.anyMatch(line -> line.endsWith("/libjvm.so"));
        } catch (IOException unreadable) {
            return false;
        }
    }
}

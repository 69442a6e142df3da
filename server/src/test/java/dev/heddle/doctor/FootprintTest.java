package dev.heddle.doctor;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.net.transport.Sockets;

import org.junit.jupiter.api.Test;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.LongStream;

/// The doctor counts with what the guide says was measured.
class FootprintTest {
    private static final Path GUIDE = Path.of("..", "ops", "guide", "memory.md");

    @Test
    void theNumbersAreThoseOfTheGuide() throws Exception {
        Sockets ours = new Sockets(Sockets.EPOLL, "", true);
        Sockets ofJdk = new Sockets(Sockets.JDK, "", false);
        Jvm options = new Jvm(0, 1, 1, List.of());
        Footprint tuned = Footprint.on(options, ours);
        Footprint plain =
                Footprint.on(new Jvm(0, 1, 1, List.of("-XX:+UseCompactObjectHeaders")), ours);
        Footprint overJdk = Footprint.on(options, ofJdk);
        String guide = Files.readString(GUIDE);
        LongStream.of(
                        tuned.live(),
                        tuned.resident(),
                        plain.live(),
                        plain.resident(),
                        overJdk.live(),
                        overJdk.resident(),
                        Footprint.KERNEL)
                .mapToObj(bytes -> String.format(Locale.ROOT, "%,d", bytes))
                .forEach(bytes -> assertTrue(guide.contains(bytes), bytes));
    }
}

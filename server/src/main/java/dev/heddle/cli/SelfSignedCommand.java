package dev.heddle.cli;

import dev.heddle.tls.SelfSigned;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;

/// `heddle tls self-signed`, which makes a key and a certificate that it signs itself.
@Command(
        name = "self-signed",
        description = "Makes a key and a certificate that no authority has signed.")
final class SelfSignedCommand implements Callable<Integer> {
    private static final Duration LIFE = Duration.ofDays(90);
    private static final Duration CLOCKS_APART = Duration.ofHours(1);
    private static final Set<OpenOption> NEW =
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);

    private final Console console;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            converter = Converters.Text.class,
            description = "the folder for certificate.pem and key.pem (default .)")
    private String folder = ".";

    @Option(
            names = "--name",
            paramLabel = "NAME",
            converter = Converters.HostName.class,
            description =
                    "a name or address that clients call the server by; may be given again"
                            + " (default localhost, 127.0.0.1 and ::1)")
    private List<String> hosts = List.of("localhost", "127.0.0.1", "::1");

    SelfSignedCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Complaint {
        Instant now = Instant.now();
        SelfSigned made = SelfSigned.make(hosts, now.minus(CLOCKS_APART), now.plus(LIFE));
        Path certificate = Path.of(folder, "certificate.pem");
        Path key = Path.of(folder, "key.pem");
        write(key, made.key(), "rw-------");
        write(certificate, made.certificate(), "rw-r--r--");
        console.out().println("--set tls.certificate=" + certificate + " --set tls.key=" + key);
        return ExitCode.DONE;
    }

    private static void write(Path file, String text, String permissions) throws Complaint {
        FileAttribute<?> readers =
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
        try (var out = Files.newByteChannel(file, NEW, readers)) {
            out.write(StandardCharsets.US_ASCII.encode(text));
        } catch (IOException impossible) {
            throw Files.exists(file)
                    ? Complaint.cannot(file + " already exists")
                    : Complaint.cannotWrite(file, impossible);
        }
    }
}

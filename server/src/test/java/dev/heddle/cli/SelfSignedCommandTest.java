package dev.heddle.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.Heddle;
import dev.heddle.support.RawClient;
import dev.heddle.support.TestCertificate;
import dev.heddle.support.TestServer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

class SelfSignedCommandTest {
    private static final String MAKE = "tls self-signed --out ";

    private final Terminal terminal = new Terminal();
    @TempDir private Path folder;

    private Path certificate() {
        return folder.resolve("certificate.pem");
    }

    private Path key() {
        return folder.resolve("key.pem");
    }

    @Test
    void saysWhichSettingsUseWhatItHasMade() {
        assertEquals(0, terminal.run(MAKE + folder), terminal.err());
        assertEquals(
                "--set tls.certificate=%s --set tls.key=%s\n".formatted(certificate(), key()),
                terminal.out());
    }

    @Test
    void theKeyIsForItsOwnerAlone() throws Exception {
        terminal.run(MAKE + folder);
        assertEquals("rw-------", permissions(key()));
        assertEquals("rw-r--r--", permissions(certificate()));
    }

    private static String permissions(Path file) throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    /// A client looks for the name by which it has called the server.
    @ParameterizedTest
    @ValueSource(strings = {"", " --name chat.example --name localhost"})
    void aServerIsWhoTheCertificateSays(String names) throws Exception {
        terminal.run(MAKE + folder + names);
        try (Heddle server = serve();
                RawClient client = connect(server)) {
            ((SSLSocket) client.socket()).startHandshake();
            client.upgrade("/ws");
        }
    }

    @Test
    void aServerIsNobodyElse() throws Exception {
        terminal.run(MAKE + folder + " --name chat.example");
        try (Heddle server = serve();
                RawClient client = connect(server)) {
            SSLSocket socket = (SSLSocket) client.socket();
            SSLHandshakeException refused =
                    assertThrows(SSLHandshakeException.class, socket::startHandshake);
            assertTrue(String.valueOf(refused.getMessage()).contains("localhost"));
        }
    }

    private Heddle serve() throws Exception {
        return Heddle.start(
                TestServer.configured(
                        Map.of(
                                "HEDDLE_TLS_CERTIFICATE",
                                certificate().toString(),
                                "HEDDLE_TLS_KEY",
                                key().toString())));
    }

    private RawClient connect(Heddle server) throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, TestCertificate.trust(Files.readString(certificate())), null);
        RawClient client = RawClient.connect(server.port(), context.getSocketFactory());
        SSLSocket socket = (SSLSocket) client.socket();
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        return client;
    }

    @Test
    void overwritesNothing() throws Exception {
        Files.writeString(key(), "precious");
        assertEquals(1, terminal.run(MAKE + folder));
        assertEquals("heddle: " + key() + " already exists\n", terminal.err());
        assertEquals("precious", Files.readString(key()));
    }

    @Test
    void saysWhereItCannotWrite() {
        Path nowhere = folder.resolve("nowhere");
        assertEquals(1, terminal.run(MAKE + nowhere));
        assertEquals(
                "heddle: cannot write "
                        + nowhere.resolve("key.pem")
                        + ": there is no such folder\n",
                terminal.err());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a/b", "*.", "x..y", ".x", "x.", "-x", "x-.y", "x.*.y", ":::", "1::2::3", "::1%lo"
            })
    void refusesWhatIsNoName(String name) {
        assertEquals(2, terminal.run(MAKE + folder + " --name " + name));
        assertEquals(1, terminal.err().lines().count(), terminal.err());
    }
}

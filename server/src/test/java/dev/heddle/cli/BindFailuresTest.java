package dev.heddle.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.heddle.BindFailure;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketException;

class BindFailuresTest {
    /// Reserved for documents (RFC 5737), so no machine has it.
    private static final String FOREIGN = "192.0.2.1";

    @Test
    void namesThePortInUseAndTheFlagThatHelps() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = taken.getLocalPort();
            IOException cause =
                    assertThrows(
                            BindException.class,
                            () ->
                                    new ServerSocket(port, 1, InetAddress.getLoopbackAddress())
                                            .close());
            assertEquals(
                    "port " + port + " on 127.0.0.1 is in use; choose another with --port",
                    BindFailures.explain(new BindFailure("127.0.0.1", port, false, cause)));
            assertEquals(
                    "port " + port + " on 127.0.0.1 is in use; choose another with --internal-port",
                    BindFailures.explain(new BindFailure("127.0.0.1", port, true, cause)));
        }
    }

    @Test
    void tellsAnAddressOfAnotherMachineFromAPortInUse() {
        IOException cause =
                assertThrows(
                        BindException.class,
                        () -> new ServerSocket(0, 1, InetAddress.getByName(FOREIGN)).close());
        assertEquals(
                "host 192.0.2.1 is not an address of this machine; choose another with --host",
                BindFailures.explain(new BindFailure(FOREIGN, 8080, false, cause)));
    }

    @Test
    void tellsANameThatCannotBeResolved() {
        assertEquals(
                "host no..such cannot be resolved; choose another with --host",
                BindFailures.explain(
                        new BindFailure("no..such", 8080, false, new SocketException())));
    }

    @Test
    void repeatsTheSystemsWordsWhereItCannotTell() {
        assertEquals(
                "port 80 on 127.0.0.1 cannot be used (Permission denied);"
                        + " choose another with --port",
                BindFailures.explain(
                        new BindFailure(
                                "127.0.0.1", 80, false, new BindException("Permission denied"))));
        assertEquals(
                "port 8080 on 127.0.0.1 cannot be used (Too many open files);"
                        + " choose another with --port",
                BindFailures.explain(
                        new BindFailure(
                                "127.0.0.1",
                                8080,
                                false,
                                new SocketException("Too many open files"))));
    }
}

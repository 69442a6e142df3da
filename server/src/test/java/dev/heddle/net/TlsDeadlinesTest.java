package dev.heddle.net;

import static org.junit.jupiter.api.Assertions.assertEquals;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.heddle.config.Deadlines;
import dev.heddle.config.MessageRates;
import dev.heddle.config.Secret;
import dev.heddle.config.Settings;
import dev.heddle.config.TlsSettings;
import dev.heddle.session.EchoEndpoint;
import dev.heddle.session.EndpointSessions;
import dev.heddle.support.RawClient;
import dev.heddle.support.RawFrame;
import dev.heddle.support.Soon;
import dev.heddle.support.TestCertificate;
import dev.heddle.telemetry.Counters;
import dev.heddle.tls.TlsPort;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.Callable;

/// Each deadline over TLS: it acts on the socket below, and the client is told through TLS.
class TlsDeadlinesTest {
    private static final int HEAD = 6000;
    private static final int MESSAGE = 5000;
    private static final int PING = 4000;
    private static final int PONG = 3000;
    private static final int CLOSE = 4500;
    private static final int WRITE = 3500;
    private static final TestCertificate CERTIFICATE = TestCertificate.ofItsOwn();

    private final TlsPort tls = port();
    private HandTurnedServer server = serve(0);

    private HandTurnedServer serve(int ping) {
        Deadlines deadlines =
                new Deadlines(
                        new Deadlines.Receiving(
                                Duration.ofMillis(HEAD), Duration.ofMillis(MESSAGE), Duration.ZERO),
                        new Deadlines.Liveness(Duration.ofMillis(ping), Duration.ofMillis(PONG)),
                        new Deadlines.Sending(Duration.ofMillis(WRITE), Duration.ofMillis(500)),
                        Duration.ofMillis(CLOSE),
                        new Deadlines.Stopping(
                                Duration.ZERO, Duration.ZERO, Duration.ofSeconds(10)),
                        Duration.ZERO);
        try {
            return new HandTurnedServer(
                    EndpointSessions.of(new EchoEndpoint(), MessageRates.UNLIMITED),
                    deadlines,
                    Settings.defaults().limits(),
                    Settings.defaults().proxy(),
                    Optional.of(tls));
        } catch (IOException unbound) {
            throw new AssertionError(unbound);
        }
    }

    private static TlsPort port() {
        TlsSettings files =
                new TlsSettings(
                        CERTIFICATE.certificate().toString(),
                        CERTIFICATE.key().toString(),
                        "",
                        Secret.NONE,
                        "");
        try {
            return TlsPort.open("tls", files, new Counters()).orElseThrow();
        } catch (IOException unusable) {
            throw new AssertionError(unusable);
        }
    }

    @AfterEach
    void nothingIsLeft() throws IOException {
        server.close();
        server.awaitNothingLeft();
        Soon.until(() -> tls.leased() == 0);
        assertEquals(0, server.counters.bugs.sum());
    }

    private RawClient connect() throws IOException {
        return RawClient.connect(server.port(), CERTIFICATE.client().getSocketFactory());
    }

    private RawClient open() throws IOException {
        RawClient client = connect();
        client.upgrade("/");
        return client;
    }

    private static Callable<String> close(RawClient client, int code) {
        return () -> {
            client.expectClose(code);
            return "";
        };
    }

    @Test
    void aHandshakeMustBeDoneInTimeHoweverSteadilyItComes() throws Exception {
        try (RawClient client = RawClient.connect(server.port())) {
            client.send((byte) 22, (byte) 3, (byte) 1, (byte) 2, (byte) 0);
            Soon.until(() -> server.admission.connections() == 1);
            assertEquals("", server.after(HEAD, client::readToEnd, () -> client.send((byte) 1)));
        }
    }

    @Test
    void aSilentConnectionEndsWithoutAWord() throws Exception {
        try (RawClient client = RawClient.connect(server.port())) {
            Soon.until(() -> server.admission.connections() == 1);
            assertEquals("", server.after(HEAD, client::readToEnd));
        }
    }

    @Test
    void whoIsTooSlowWithAHeadIsToldSo() throws Exception {
        try (RawClient client = connect()) {
            client.send("GET / HTTP/1.1\r\n".getBytes(US_ASCII));
            Soon.until(() -> server.admission.connections() == 1);
            assertEquals(408, server.after(HEAD, () -> client.readAnswer("GET")).status());
            client.expectEnd();
        }
    }

    /// Only what has come of the second record is kept.
    @Test
    void whoSendsARecordAndAHalfHoldsNoBufferForAHead() throws Exception {
        HoldingSocket below = new HoldingSocket(server.port());
        try (Socket client =
                CERTIFICATE
                        .client()
                        .getSocketFactory()
                        .createSocket(below, "localhost", server.port(), true)) {
            OutputStream out = client.getOutputStream();
            out.write("GET /nothing".getBytes(US_ASCII));
            Soon.until(() -> server.admission.connections() == 1);
            server.awaitAtRest();
            below.holds = true;
            out.write(" HTTP/1.1\r\n".getBytes(US_ASCII));
            out.write("Host: localhost\r\n\r\n".getBytes(US_ASCII));
            System.out.println("held " + below.held.size());
            below.sendAllBut(10);
            System.out.println("sent");
            server.awaitAtRest();
            assertEquals(0, server.leased());
            below.sendAllBut(0);
            assertEquals('H', client.getInputStream().read());
        }
    }

    /// A socket that holds what is written until it is told otherwise.
    private static final class HoldingSocket extends Socket {
        private final ByteArrayOutputStream held = new ByteArrayOutputStream();
        private volatile boolean holds;

        HoldingSocket(int port) throws IOException {
            super(InetAddress.getLoopbackAddress(), port);
            setTcpNoDelay(true);
        }

        @Override
        public OutputStream getOutputStream() throws IOException {
            return new FilterOutputStream(super.getOutputStream()) {
                @Override
                public void write(byte[] bytes, int offset, int length) throws IOException {
                    (holds ? held : out).write(bytes, offset, length);
                }
            };
        }

        void sendAllBut(int last) throws IOException {
            byte[] all = held.toByteArray();
            held.reset();
            super.getOutputStream().write(all, 0, all.length - last);
            held.write(all, all.length - last, last);
        }
    }

    @Test
    void aMessageMustBeWholeInTime() throws Exception {
        try (RawClient client = open()) {
            byte[] whole = RawFrame.text("never whole").encoded();
            client.send(Arrays.copyOf(whole, whole.length - 1));
            server.after(MESSAGE, close(client, 1008));
        }
    }

    @Test
    void whoIsSilentInTheMiddleOfALongMessageHoldsNoBuffer() throws Exception {
        try (RawClient client = open()) {
            byte[] whole = RawFrame.binary(new byte[60_000]).encoded();
            client.send(Arrays.copyOf(whole, 20_000));
            Soon.until(() -> server.leased() + tls.leased() == 0);
            server.awaitAtRest();
            assertEquals(0, server.leased() + tls.leased());
            client.send(Arrays.copyOfRange(whole, 20_000, whole.length));
            assertEquals(60_000, client.readFrame().payload().length);
        }
    }

    @Test
    void whoAnswersNoPingIsToldSo() throws Exception {
        server.close();
        server = serve(PING);
        try (RawClient client = open()) {
            assertEquals(RawFrame.PING, server.after(PING, client::readFrame).opcode());
            server.advance(PONG);
            close(client, 1001).call();
        }
    }

    @Test
    void everybodyIsToldThatTheServerGoesAway() throws Exception {
        try (RawClient client = open()) {
            server.awaitAtRest();
            server.goAway();
            assertEquals(1001, client.readFrame().closeCode());
            client.send(RawFrame.close(1001, ""));
            client.expectEnd();
        }
    }

    @Test
    void whoNeverTakesAnAnswerIsCutOff() throws Exception {
        try (RawClient client = open()) {
            byte[] large = RawFrame.binary(new byte[512 * 1024]).encoded();
            Thread.ofVirtual().start(() -> sendForEver(client, large));
            Soon.until(() -> server.firstOutbox().writeStartedMillis() != 0);
            HandTurnedServer.awaitStandstill(server.counters.bytesOut);
            server.goneAfter(WRITE);
        }
    }

    private static void sendForEver(RawClient client, byte... bytes) {
        try {
            while (true) {
                client.send(bytes);
            }
        } catch (IOException ended) {
            // By the server.
        }
    }
}

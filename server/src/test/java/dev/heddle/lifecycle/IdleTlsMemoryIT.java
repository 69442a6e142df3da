package dev.heddle.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.support.HeapHistogram;
import dev.heddle.support.RawClient;
import dev.heddle.support.RawFrame;
import dev.heddle.support.ServerProcess;
import dev.heddle.support.TestCertificate;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/// What an idle TLS connection holds on the heap, and what one of the JDK's TLS sockets does:
/// fresh, and after 16 KB each way.
@Tag("alone")
class IdleTlsMemoryIT {
    private static final int CONNECTIONS = 1_000;
    private static final int FIRST = 250;
    private static final int MESSAGE_BYTES = 16_000;
    private static final int SHOWN = 30;
    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();

    private final TestCertificate certificate = TestCertificate.ofItsOwn();
    private final SSLContext context = certificate.client();
    private final List<Closeable> clients = new ArrayList<>();

    /// Bytes of one connection.
    private record Held(long fresh, long used) {}

    private interface Opener {
        Runner open() throws IOException;
    }

    private interface Runner extends Closeable {
        void exchange(int bytes) throws IOException;
    }

    @AfterEach
    void close() throws IOException {
        for (Closeable client : clients) {
            client.close();
        }
    }

    private Held measure(String what, Process server, Opener opener) throws Exception {
        open(FIRST, opener, MESSAGE_BYTES);
        HeapHistogram before = HeapHistogram.of(server);
        List<Runner> idle = open(CONNECTIONS, opener, 1);
        HeapHistogram fresh = HeapHistogram.of(server);
        for (Runner each : idle) {
            each.exchange(MESSAGE_BYTES);
        }
        HeapHistogram used = HeapHistogram.of(server);
        Held held =
                new Held(
                        (fresh.live() - before.live()) / CONNECTIONS,
                        (used.live() - before.live()) / CONNECTIONS);
        System.out.println(what + ": " + held);
        System.out.println(fresh.growth(before, CONNECTIONS, SHOWN));
        return held;
    }

    private List<Runner> open(int count, Opener opener, int bytes) throws IOException {
        List<Runner> opened = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Runner client = opener.open();
            client.exchange(bytes);
            opened.add(client);
        }
        clients.addAll(opened);
        return opened;
    }

    private record Echoing(RawClient client) implements Runner {
        @Override
        public void exchange(int bytes) throws IOException {
            String text = "x".repeat(bytes);
            client.send(RawFrame.text(text));
            assertEquals(text, client.readFrame().text());
        }

        @Override
        public void close() throws IOException {
            client.abort();
        }
    }

    private record Plain(Socket socket) implements Runner {
        @Override
        public void exchange(int bytes) throws IOException {
            socket.getOutputStream().write(new byte[bytes]);
            assertEquals(bytes, socket.getInputStream().readNBytes(bytes).length);
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    @Test
    void holdsLessThanTheJdksSocket() throws Exception {
        Held ours;
        try (ServerProcess server =
                new ServerProcess(
                        "export HEDDLE_TLS_CERTIFICATE=%s HEDDLE_TLS_KEY=%s"
                                        .formatted(certificate.certificate(), certificate.key())
                                + " HEDDLE_JFR_PINNED_THREADS=false HEDDLE_DIAGNOSTICS=true"
                                + " HEDDLE_DEADLINES_PING_INTERVAL=0s"
                                + " JDK_JAVA_OPTIONS=@../ops/jvm.options;")) {
            ours =
                    measure(
                            "heddle",
                            server.process(),
                            () -> {
                                RawClient client =
                                        RawClient.connect(
                                                server.port(), context.getSocketFactory());
                                likeABrowser(client.socket());
                                client.upgrade("/echo");
                                return new Echoing(client);
                            });
        }
        close();
        clients.clear();
        Held jdks = measureJdks();
        System.out.printf("heddle %s, SSLSocket %s%n", ours, jdks);
        assertTrue(ours.fresh < jdks.fresh, ours + " " + jdks);
        assertTrue(3 * ours.used < jdks.used, ours + " " + jdks);
    }

    private static void likeABrowser(Socket client) {
        ((SSLSocket) client)
                .setEnabledCipherSuites(
                        new String[] {"TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384"});
    }

    private Held measureJdks() throws Exception {
        Process server =
                new ProcessBuilder(
                                JAVA,
                                "@../ops/jvm.options",
                                "-cp",
                                System.getProperty("java.class.path"),
                                "dev.heddle.support.TlsSocketServer",
                                certificate.certificate().toString(),
                                certificate.key().toString())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        try {
            int port = Integer.parseInt(server.inputReader().readLine());
            return measure(
                    "SSLSocket",
                    server,
                    () -> {
                        Socket socket =
                                context.getSocketFactory()
                                        .createSocket(InetAddress.getLoopbackAddress(), port);
                        socket.setTcpNoDelay(true);
                        likeABrowser(socket);
                        return new Plain(socket);
                    });
        } finally {
            server.destroyForcibly();
        }
    }
}

package dev.heddle.net.transport;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.heddle.config.NetSettings;
import dev.heddle.config.SocketKind;
import dev.heddle.support.Soon;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

/// What the server relies on of its sockets, whoever makes them.
abstract class SocketsContract {
    private static final int MUCH = 16 << 20;

    private final Sockets sockets;
    private ServerSocket server;
    private Socket client;
    private Socket accepted;

    SocketsContract(SocketKind kind) {
        this.sockets = Sockets.choose(new NetSettings(kind, false));
    }

    /// What was asked for is what there is.
    @Test
    void saysWhichItIs() {
        assertEquals(expectedKind(), sockets.kind());
    }

    abstract String expectedKind();

    @BeforeEach
    void connect() throws Exception {
        server = open(InetAddress.getLoopbackAddress());
        client = new Socket(InetAddress.getLoopbackAddress(), server.getLocalPort());
        client.setSoTimeout(60_000);
        accepted = server.accept();
    }

    @AfterEach
    void close() throws IOException {
        client.close();
        accepted.close();
        server.close();
    }

    private ServerSocket open(InetAddress host) throws IOException {
        ServerSocket opened = sockets.open();
        opened.setReuseAddress(true);
        opened.bind(new InetSocketAddress(host, 0), 50);
        return opened;
    }

    private static <T> FutureTask<T> inVirtualThread(Callable<T> what) {
        FutureTask<T> task = new FutureTask<>(what);
        Thread.startVirtualThread(task);
        return task;
    }

    /// Starts a thread that will wait, and returns once it does.
    private static <T> FutureTask<T> waiting(boolean virtual, Callable<T> what) {
        FutureTask<T> task = new FutureTask<>(what);
        Thread thread = virtual ? Thread.ofVirtual().start(task) : Thread.ofPlatform().start(task);
        Soon.until(() -> rests(thread) || task.isDone());
        assertFalse(task.isDone(), "it has not waited");
        return task;
    }

    /// A platform thread that waits in the kernel is runnable to the JVM: so it is given a while.
    private static boolean rests(Thread thread) throws InterruptedException {
        if (!thread.isVirtual() && thread.getState() == Thread.State.RUNNABLE) {
            Thread.sleep(50);
            return true;
        }
        return thread.getState() == Thread.State.WAITING
                || thread.getState() == Thread.State.TIMED_WAITING;
    }

    private static Throwable failure(FutureTask<?> task) {
        ExecutionException failed =
                assertThrows(ExecutionException.class, () -> task.get(60, TimeUnit.SECONDS));
        return Objects.requireNonNull(failed.getCause());
    }

    private void fill() throws IOException {
        accepted.getOutputStream().write(new byte[MUCH]);
    }

    @Test
    void readsWhatHasCome() throws Exception {
        client.getOutputStream().write("hello".getBytes(US_ASCII));

        assertArrayEquals("hello".getBytes(US_ASCII), accepted.getInputStream().readNBytes(5));
    }

    @Test
    void readsIntoTheMiddleOfAnArray() throws Exception {
        client.getOutputStream().write("hello".getBytes(US_ASCII));
        byte[] bytes = "..........".getBytes(US_ASCII);

        assertEquals(3, accepted.getInputStream().read(bytes, 2, 3));

        assertEquals("..hel.....", new String(bytes, US_ASCII));
        assertEquals('l', accepted.getInputStream().read());
    }

    @Test
    void refusesRangesOutsideOfTheArray() throws Exception {
        InputStream in = accepted.getInputStream();
        OutputStream out = accepted.getOutputStream();

        assertThrows(IndexOutOfBoundsException.class, () -> in.read(new byte[3], 1, 3));
        assertThrows(IndexOutOfBoundsException.class, () -> out.write(new byte[3], -1, 2));
        assertEquals(0, in.read(new byte[0]));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void waitsForWhatComesLater(boolean virtual) throws Exception {
        InputStream in = accepted.getInputStream();
        for (int i = 0; i < 3; i++) {
            FutureTask<Integer> read = waiting(virtual, in::read);

            client.getOutputStream().write(i);

            assertEquals(i, read.get(60, TimeUnit.SECONDS));
        }
    }

    @Test
    void writesMoreThanTheSocketTakes() throws Exception {
        byte[] much = new byte[MUCH];
        new Random(1).nextBytes(much);
        FutureTask<Void> written =
                waiting(
                        true,
                        () -> {
                            accepted.getOutputStream().write(much, 0, much.length);
                            accepted.shutdownOutput();
                            return null;
                        });

        byte[] read = client.getInputStream().readAllBytes();

        assertArrayEquals(much, read);
        written.get(60, TimeUnit.SECONDS);
    }

    @Test
    void readsAndWritesAtTheSameTime() throws Exception {
        byte[] much = new byte[MUCH];
        new Random(2).nextBytes(much);
        FutureTask<byte[]> read = inVirtualThread(() -> accepted.getInputStream().readNBytes(MUCH));
        var _ =
                inVirtualThread(
                        () -> {
                            accepted.getOutputStream().write(much);
                            return null;
                        });
        FutureTask<byte[]> echoed = inVirtualThread(() -> client.getInputStream().readNBytes(MUCH));

        client.getOutputStream().write(much);

        assertArrayEquals(much, read.get(60, TimeUnit.SECONDS));
        assertArrayEquals(much, echoed.get(60, TimeUnit.SECONDS));
    }

    @Test
    void threadsThatWriteAtOnceDoNotMix() throws Exception {
        int length = 3 << 20;
        for (byte each = 1; each <= 4; each++) {
            byte[] own = new byte[length];
            Arrays.fill(own, each);
            var _ =
                    inVirtualThread(
                            () -> {
                                accepted.getOutputStream().write(own);
                                return null;
                            });
        }

        for (int i = 0; i < 4; i++) {
            byte[] block = client.getInputStream().readNBytes(length);
            for (byte each : block) {
                assertEquals(block[0], each);
            }
        }
    }

    @Test
    void knowsHowMuchHasCome() throws Exception {
        assertEquals(0, accepted.getInputStream().available());

        client.getOutputStream().write(new byte[7]);

        Soon.until(() -> accepted.getInputStream().available() == 7);
    }

    /// Nobody knows it of the JDK's.
    @Test
    void knowsWhetherThePeerHasTakenAll() throws Exception {
        boolean isKnown = sockets.kind().equals(Sockets.EPOLL);
        Soon.until(() -> Sockets.isAcknowledged(accepted) == isKnown);

        FutureTask<?> filling =
                waiting(
                        true,
                        () -> {
                            fill();
                            return 0;
                        });
        assertFalse(Sockets.isAcknowledged(accepted));

        client.getInputStream().skipNBytes(MUCH);
        filling.get(60, TimeUnit.SECONDS);
        Soon.until(() -> Sockets.isAcknowledged(accepted) == isKnown);

        accepted.close();
        assertFalse(Sockets.isAcknowledged(accepted));
    }

    @Test
    void hasTheEndWhenThePeerEnds() throws Exception {
        client.getOutputStream().write(new byte[3]);
        client.shutdownOutput();

        assertEquals(3, accepted.getInputStream().readAllBytes().length);
        assertEquals(-1, accepted.getInputStream().read());
        accepted.getOutputStream().write(new byte[5]); // half of it is still open
        assertEquals(5, client.getInputStream().readNBytes(5).length);
    }

    @Test
    void whoWaitsHasTheEndWhenThePeerEnds() throws Exception {
        FutureTask<Integer> read = waiting(true, accepted.getInputStream()::read);

        client.shutdownOutput();

        assertEquals(-1, read.get(60, TimeUnit.SECONDS));
    }

    @Test
    void aShortReadHidesNoEnd() throws Exception {
        InputStream in = accepted.getInputStream();
        FutureTask<Integer> first = waiting(true, () -> in.read(new byte[100]));
        client.getOutputStream().write(new byte[3]);
        client.shutdownOutput();
        assertEquals(3, first.get(60, TimeUnit.SECONDS));

        assertEquals(-1, in.read(new byte[100]));
    }

    @Test
    void tellsThePeerTheEndOfOutput() throws Exception {
        accepted.getOutputStream().write(new byte[3]);
        accepted.shutdownOutput();

        assertEquals(3, client.getInputStream().readAllBytes().length);
        assertTrue(accepted.isOutputShutdown());
        assertThrows(SocketException.class, accepted::getOutputStream);
        client.getOutputStream().write(1);
        assertEquals(1, accepted.getInputStream().read());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void endingTheInputWakesWhoReads(boolean virtual) throws Exception {
        InputStream in = accepted.getInputStream();
        FutureTask<Integer> read = waiting(virtual, in::read);

        accepted.shutdownInput();

        assertEquals(-1, read.get(60, TimeUnit.SECONDS));
        client.getOutputStream().write(1);
        assertEquals(-1, in.read());
        assertEquals(0, in.available());
        assertTrue(accepted.isInputShutdown());
        accepted.getOutputStream().write(9);
        assertEquals(9, client.getInputStream().read());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void closingWakesWhoReads(boolean virtual) throws Exception {
        FutureTask<Integer> read = waiting(virtual, accepted.getInputStream()::read);

        accepted.close();

        assertInstanceOf(SocketException.class, failure(read));
        assertEquals(-1, client.getInputStream().read());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void closingWakesWhoWrites(boolean virtual) throws Exception {
        FutureTask<Void> written =
                waiting(
                        virtual,
                        () -> {
                            fill();
                            return null;
                        });

        accepted.close();

        assertInstanceOf(SocketException.class, failure(written));
    }

    @Test
    void endingTheOutputWakesWhoWrites() throws Exception {
        FutureTask<Void> written =
                waiting(
                        true,
                        () -> {
                            fill();
                            return null;
                        });

        accepted.shutdownOutput();

        assertInstanceOf(IOException.class, failure(written));
    }

    @Test
    void closingWakesWhoAccepts() throws Exception {
        FutureTask<Socket> accept = waiting(false, server::accept);

        server.close();

        assertInstanceOf(SocketException.class, failure(accept));
        assertTrue(server.isClosed());
        assertThrows(SocketException.class, server::accept);
        try (ServerSocket again = sockets.open()) { // the port is free
            again.setReuseAddress(true);
            again.bind(new InetSocketAddress(server.getInetAddress(), server.getLocalPort()), 50);
        }
    }

    @Test
    void closedIsClosed() throws Exception {
        InputStream in = accepted.getInputStream();
        OutputStream out = accepted.getOutputStream();

        accepted.close();
        accepted.close();

        assertTrue(accepted.isClosed());
        assertThrows(SocketException.class, in::read);
        assertThrows(IOException.class, in::available);
        assertThrows(SocketException.class, () -> out.write(1));
        assertThrows(SocketException.class, accepted::getInputStream);
        assertThrows(SocketException.class, accepted::shutdownInput);
        assertThrows(SocketException.class, accepted::shutdownOutput);
        assertThrows(SocketException.class, () -> accepted.setSendBufferSize(1 << 16));
        assertThrows(SocketException.class, () -> accepted.setTcpNoDelay(true));
        assertEquals(InetAddress.getLoopbackAddress(), accepted.getInetAddress());
        assertEquals(-1, client.getInputStream().read());
    }

    @Test
    void closingAStreamClosesTheSocket() throws Exception {
        accepted.getInputStream().close();

        assertTrue(accepted.isClosed());
        assertEquals(-1, client.getInputStream().read());
    }

    @Test
    void closingSaysWhatWasSent() throws Exception {
        client.getOutputStream().write(new byte[100]); // which nobody reads
        Soon.until(() -> accepted.getInputStream().available() == 100);
        accepted.getOutputStream().write(new byte[7]);

        accepted.close();

        assertEquals(7, client.getInputStream().readNBytes(7).length);
    }

    @Test
    void lingeringForNothingResets() throws Exception {
        FutureTask<Integer> read = waiting(true, client.getInputStream()::read);
        accepted.setSoLinger(true, 0);
        assertEquals(0, accepted.getSoLinger());

        accepted.close();

        assertInstanceOf(SocketException.class, failure(read));
    }

    @Test
    void aResetIsAnError() throws Exception {
        InputStream in = accepted.getInputStream();
        FutureTask<Integer> read = waiting(true, in::read);
        client.setSoLinger(true, 0);

        client.close();

        assertInstanceOf(SocketException.class, failure(read));
        OutputStream out = accepted.getOutputStream();
        assertThrows(
                SocketException.class,
                () -> {
                    out.write(1);
                    out.write(2);
                });
    }

    @Test
    void whoWritesLearnsOfAReset() throws Exception {
        FutureTask<Void> written =
                waiting(
                        true,
                        () -> {
                            fill();
                            return null;
                        });
        client.setSoLinger(true, 0);

        client.close();

        assertInstanceOf(SocketException.class, failure(written));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void readsTimeOut(boolean virtual) throws Exception {
        accepted.setSoTimeout(20);
        FutureTask<Integer> read = new FutureTask<>(accepted.getInputStream()::read);
        (virtual ? Thread.ofVirtual() : Thread.ofPlatform()).start(read);

        assertInstanceOf(SocketTimeoutException.class, failure(read));
        assertEquals(20, accepted.getSoTimeout());
        client.getOutputStream().write(5);
        accepted.setSoTimeout(0);
        assertEquals(5, accepted.getInputStream().read());
    }

    @Test
    void acceptTimesOut() throws Exception {
        server.setSoTimeout(20);

        assertThrows(SocketTimeoutException.class, server::accept);
        server.setSoTimeout(0);
        try (Socket other = new Socket(server.getInetAddress(), server.getLocalPort());
                Socket next = server.accept()) {
            assertEquals(other.getLocalPort(), next.getPort());
        }
    }

    @Test
    void anInterruptClosesWhatAVirtualThreadWaitsFor() throws Exception {
        FutureTask<Integer> read = new FutureTask<>(accepted.getInputStream()::read);
        Thread thread = Thread.startVirtualThread(read);
        Soon.until(() -> thread.getState() == Thread.State.WAITING);

        thread.interrupt();

        assertInstanceOf(SocketException.class, failure(read));
        assertTrue(accepted.isClosed());
    }

    @Test
    void anInterruptDoesNothingToAPlatformThread() throws Exception {
        FutureTask<Integer> read =
                new FutureTask<>(
                        () -> {
                            int first = accepted.getInputStream().read();
                            return Thread.interrupted() ? first : -2;
                        });
        Thread thread = Thread.ofPlatform().start(read);

        thread.interrupt();
        client.getOutputStream().write(5);

        assertEquals(5, read.get(60, TimeUnit.SECONDS));
    }

    @Test
    void knowsItsOptions() throws Exception {
        accepted.setTcpNoDelay(true);
        assertTrue(accepted.getTcpNoDelay());
        accepted.setTcpNoDelay(false);
        assertFalse(accepted.getTcpNoDelay());
        accepted.setTcpNoDelay(true);
        assertTrue(accepted.getTcpNoDelay());
        accepted.setKeepAlive(true);
        assertTrue(accepted.getKeepAlive());
        accepted.setSendBufferSize(32 << 10);
        accepted.setReceiveBufferSize(16 << 10);
        assertTrue(accepted.getSendBufferSize() >= 32 << 10);
        assertTrue(accepted.getReceiveBufferSize() >= 16 << 10);
        assertThrows(IllegalArgumentException.class, () -> accepted.setSendBufferSize(0));
        assertEquals(-1, accepted.getSoLinger());
        accepted.setSoLinger(true, 3);
        assertEquals(3, accepted.getSoLinger());
        accepted.setSoLinger(false, 3);
        assertEquals(-1, accepted.getSoLinger());
    }

    @Test
    void writesThroughASmallBuffer() throws Exception {
        accepted.setSendBufferSize(32 << 10);
        FutureTask<Void> written =
                waiting(
                        true,
                        () -> {
                            accepted.getOutputStream().write(new byte[MUCH]);
                            return null;
                        });

        assertEquals(MUCH, client.getInputStream().readNBytes(MUCH).length);
        written.get(60, TimeUnit.SECONDS);
    }

    @Test
    void knowsWhereThePeerIs() throws Exception {
        assertTrue(accepted.isConnected());
        assertTrue(accepted.isBound());
        assertEquals(client.getLocalPort(), accepted.getPort());
        assertEquals(client.getLocalAddress(), accepted.getInetAddress());
        assertEquals(client.getLocalSocketAddress(), accepted.getRemoteSocketAddress());
        assertEquals(server.getLocalPort(), accepted.getLocalPort());
        assertEquals(client.getInetAddress(), accepted.getLocalAddress());
    }

    @Test
    void takesIpv4AndIpv6AtTheWildcard() throws Exception {
        try (ServerSocket any = open(InetAddress.ofLiteral("0.0.0.0"))) {
            for (String host : new String[] {"127.0.0.1", "127.0.0.9", "::1"}) {
                try (Socket other = new Socket(InetAddress.ofLiteral(host), any.getLocalPort());
                        Socket next = any.accept()) {
                    assertEquals(other.getLocalAddress(), next.getInetAddress());
                    assertEquals(other.getLocalPort(), next.getPort());
                    assertEquals(InetAddress.ofLiteral(host), next.getLocalAddress());
                }
            }
        }
    }

    @Test
    void takesIpv6() throws Exception {
        try (ServerSocket six = open(InetAddress.ofLiteral("::1"));
                Socket other = new Socket(InetAddress.ofLiteral("::1"), six.getLocalPort());
                Socket next = six.accept()) {
            assertEquals(InetAddress.ofLiteral("::1"), next.getInetAddress());
            assertEquals(other.getLocalPort(), next.getPort());
        }
    }

    @Test
    void takesOnlyItsOwnHost() throws Exception {
        try (ServerSocket other = open(InetAddress.ofLiteral("127.0.0.7"))) {
            assertEquals(InetAddress.ofLiteral("127.0.0.7"), other.getInetAddress());
            int port = other.getLocalPort();
            assertThrows(
                    IOException.class,
                    () -> new Socket(InetAddress.ofLiteral("127.0.0.1"), port).close());
        }
    }

    @Test
    void aPortInUseIsRefused() throws Exception {
        try (ServerSocket other = sockets.open()) {
            InetSocketAddress taken =
                    new InetSocketAddress(server.getInetAddress(), server.getLocalPort());

            BindException refused = assertThrows(BindException.class, () -> other.bind(taken, 50));

            assertTrue(refused.toString().contains("Address already in use"));
            assertFalse(other.isBound());
        }
    }

    @Test
    void aForeignAddressIsRefused() throws Exception {
        try (ServerSocket other = sockets.open()) {
            InetSocketAddress foreign = new InetSocketAddress("192.0.2.1", 0);

            assertThrows(BindException.class, () -> other.bind(foreign, 50));
        }
    }
}

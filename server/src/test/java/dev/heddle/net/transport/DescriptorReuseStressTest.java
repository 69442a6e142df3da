package dev.heddle.net.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.config.NetSettings;
import dev.heddle.config.SocketKind;
import dev.heddle.net.Descriptors;
import dev.heddle.support.Soon;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/// Connections that are closed in the middle of reads and writes by other threads, so that the next
/// connection has the number of their descriptors at once. Both sides send nothing but the number
/// of the connection: whoever gets another one has got foreign bytes.
///
/// `-Dheddle.reuse=100000` opens that many.
final class DescriptorReuseStressTest {
    private static final int CONNECTIONS = Integer.getInteger("heddle.reuse", 3_000);
    private static final int CLIENTS = 16;
    private static final int NUMBERS = 1_000;

    /// Enough for the writer to wait for room.
    private static final int WRITES = 20;

    private static final int SMALL = 4 << 10;

    private final LongAdder foreign = new LongAdder();
    private final LongAdder words = new LongAdder();
    private final LongAdder cutOff = new LongAdder();
    private final AtomicInteger left = new AtomicInteger();
    private ServerSocket server;
    private Thread acceptor;

    @BeforeEach
    void open() throws IOException {
        Sockets sockets = Sockets.choose(new NetSettings(SocketKind.AUTO, false));
        assertEquals(Sockets.EPOLL, sockets.kind());
        server = sockets.open();
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1_000);
        acceptor = Thread.ofPlatform().start(this::accept);
    }

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = server.accept();
                Thread.startVirtualThread(() -> serve(socket));
            }
        } catch (IOException closed) {
            // That is the end.
        }
    }

    /// One thread reads, one writes, and a third one closes at some time.
    private void serve(Socket socket) {
        try {
            socket.setSendBufferSize(SMALL);
            int number = new DataInputStream(socket.getInputStream()).readInt();
            Thread.startVirtualThread(() -> write(socket, number));
            Thread.startVirtualThread(() -> closeSoon(socket));
            check(socket.getInputStream(), number);
        } catch (IOException ended) {
            cutOff.increment();
        } finally {
            closeQuietly(socket);
        }
    }

    private static void closeSoon(Socket socket) {
        int turn = ThreadLocalRandom.current().nextInt(1_000);
        LockSupport.parkNanos(turn * 1_000L);
        try {
            if (turn % 4 == 0) {
                socket.shutdownInput();
            } else if (turn % 4 == 1) {
                socket.setSoLinger(true, 0);
            }
        } catch (IOException closed) {
            // It was closed already.
        }
        closeQuietly(socket);
    }

    private static void write(Socket socket, int number) {
        ByteBuffer bytes = ByteBuffer.allocate(NUMBERS * Integer.BYTES);
        while (bytes.hasRemaining()) {
            bytes.putInt(number);
        }
        try {
            for (int i = 0; i < WRITES; i++) {
                int count = ThreadLocalRandom.current().nextInt(1, NUMBERS);
                socket.getOutputStream().write(bytes.array(), 0, count * Integer.BYTES);
            }
        } catch (IOException ended) {
            // One of the others has closed it.
        }
    }

    /// Reads until the end, and looks at each number.
    private void check(InputStream in, int number) throws IOException {
        DataInputStream numbers = new DataInputStream(in);
        byte[] bytes = new byte[1_024];
        int at = 0;
        int count;
        while ((count = numbers.read(bytes, at, bytes.length - at)) >= 0) {
            at += count;
            int whole = at / Integer.BYTES * Integer.BYTES;
            ByteBuffer read = ByteBuffer.wrap(bytes, 0, whole);
            while (read.hasRemaining()) {
                words.increment();
                if (read.getInt() != number) {
                    foreign.increment();
                }
            }
            System.arraycopy(bytes, whole, bytes, 0, at - whole);
            at -= whole;
        }
    }

    private void connectAgainAndAgain() {
        int number;
        while ((number = left.decrementAndGet()) >= 0) {
            try (Socket socket = new Socket()) {
                socket.setReceiveBufferSize(SMALL);
                socket.connect(server.getLocalSocketAddress());
                int own = number;
                Thread.ofPlatform().start(() -> write(socket, own));
                check(socket.getInputStream(), own);
                socket.setSoLinger(true, 0); // or ports run out
            } catch (IOException reset) {
                // As it should be for some.
            }
        }
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException impossible) {
            throw new AssertionError(impossible);
        }
    }

    @Test
    void nobodyGetsWhatIsAnothersAndNothingStaysOpen() throws Exception {
        left.set(CLIENTS);
        connectAgainAndAgain(); // whatever is opened once and for all
        long before = Descriptors.open();
        left.set(CONNECTIONS);
        List<Thread> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            clients.add(Thread.ofPlatform().start(this::connectAgainAndAgain));
        }
        for (Thread client : clients) {
            client.join();
        }
        System.out.printf(
                "%d connections, %d numbers, %d cut off%n", CONNECTIONS, words.sum(), cutOff.sum());
        assertEquals(0, foreign.sum());
        assertTrue(words.sum() > CONNECTIONS);
        Soon.until(() -> Descriptors.open() <= before);
        server.close();
        acceptor.join();
    }
}

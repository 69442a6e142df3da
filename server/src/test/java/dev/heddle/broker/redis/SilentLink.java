package dev.heddle.broker.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/// A link to a server of loopback that may fall silent: then what was opened stays open, and
/// nothing passes on it any more, not even later.
final class SilentLink implements AutoCloseable {
    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final int target;
    private final AtomicInteger generation = new AtomicInteger();
    private volatile boolean isSilent;
    private volatile boolean isMute;

    SilentLink(int target) throws IOException {
        this.target = target;
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    /// Nothing passes any more, on new connections neither.
    void silence() {
        isSilent = true;
        generation.incrementAndGet();
    }

    /// What is asked arrives, and no answer comes back.
    void mute() {
        isMute = true;
    }

    /// New connections work.
    void open() {
        isMute = false;
        isSilent = false;
    }

    private void accept() {
        try {
            while (true) {
                Socket near = server.accept();
                sockets.add(near);
                if (!isSilent) {
                    connect(near);
                }
            }
        } catch (IOException closed) {
            // the test is over
        }
    }

    private void connect(Socket near) throws IOException {
        int born = generation.get();
        try {
            Socket far = new Socket(InetAddress.getLoopbackAddress(), target);
            sockets.add(far);
            Thread.ofVirtual().start(() -> pass(near, far, () -> born == generation.get()));
            Thread.ofVirtual()
                    .start(() -> pass(far, near, () -> !isMute && born == generation.get()));
        } catch (IOException nobodyListens) {
            near.close();
        }
    }

    private void pass(Socket from, Socket to, BooleanSupplier passes) {
        byte[] bytes = new byte[8192];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            int length;
            while ((length = in.read(bytes)) >= 0) {
                if (passes.getAsBoolean()) {
                    out.write(bytes, 0, length);
                }
            }
            to.close();
        } catch (IOException ended) {
            // so has the other way
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}

package dev.heddle.support;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/// A port of the loopback address that leads to another one. How bytes pass is for its kinds.
/// **Thread-safe.**
public abstract class Relay implements AutoCloseable {
    /// All open sockets, of both sides.
    final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

    private final ServerSocket listener = new ServerSocket(0, 64, InetAddress.getLoopbackAddress());
    private final AtomicInteger accepted = new AtomicInteger();

    Relay() throws IOException {}

    /// Begins to take connections.
    final void start() {
        Thread.ofVirtual().name("relay").start(this::accept);
    }

    /// Passes on what a client and the other side send, until one of them ends. It runs on a thread
    /// of its own.
    abstract void serve(Socket client);

    public final int port() {
        return listener.getLocalPort();
    }

    /// How many connections there have been.
    public final int accepted() {
        return accepted.get();
    }

    /// Takes no more connections, and ends those that there are.
    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                accepted.incrementAndGet();
                sockets.add(client);
                Thread.startVirtualThread(() -> serve(client));
            } catch (IOException closed) {
                return;
            }
        }
    }
}

package dev.heddle.support;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// A network that goes wrong when it is told to: a port of the loopback address that passes bytes
/// on to another one, which may change, and can cut, reset, freeze and delay what goes through it.
/// **Thread-safe.**
public final class CuttingProxy extends Relay {
    private enum Frozen {
        NOTHING,
        ANSWERS,
        EVERYTHING
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition thawed = lock.newCondition();
    private volatile int target;
    private volatile Duration delay = Duration.ZERO;
    private Frozen frozen = Frozen.NOTHING;

    /// @param target the port that it leads to
    public CuttingProxy(int target) throws IOException {
        this.target = target;
        start();
    }

    /// Leads new connections to another port.
    public void leadTo(int port) {
        target = port;
    }

    /// Ends all connections as a process does that ends: with FIN.
    public void cut() {
        sockets.forEach(CuttingProxy::closeQuietly);
    }

    /// Ends all connections with RST.
    public void reset() {
        for (Socket socket : sockets) {
            try {
                socket.setSoLinger(true, 0);
            } catch (IOException closed) {
                continue; // It has ended by itself.
            }
            closeQuietly(socket);
        }
    }

    /// From now on nothing gets through, and nobody is told: connections stay, and new ones are
    /// taken and lead nowhere, until [#thaw()].
    public void freeze() {
        set(Frozen.EVERYTHING);
    }

    /// The same, but what clients send does get through.
    public void freezeAnswers() {
        set(Frozen.ANSWERS);
    }

    /// Lets through what has waited, and all that comes.
    public void thaw() {
        set(Frozen.NOTHING);
    }

    /// Holds up everything from now on, in each direction, by so long.
    public void delay(Duration each) {
        delay = each;
    }

    @Override
    public void close() throws IOException {
        thaw();
        super.close();
    }

    private void set(Frozen value) {
        lock.lock();
        try {
            frozen = value;
            thawed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    void serve(Socket client) {
        try {
            awaitThaw(Frozen.EVERYTHING);
            Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
            sockets.add(server);
            Thread.startVirtualThread(() -> pass(client, server, Frozen.EVERYTHING));
            pass(server, client, Frozen.ANSWERS);
        } catch (IOException nobodyThere) {
            closeQuietly(client);
        } finally {
            sockets.remove(client);
        }
    }

    /// Passes bytes on until either side ends, which ends both.
    ///
    /// @param halt from which it waits on
    private void pass(Socket from, Socket to, Frozen halt) {
        byte[] buffer = new byte[16 * 1024];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            int length;
            while ((length = in.read(buffer)) >= 0) {
                Thread.sleep(delay);
                awaitThaw(halt);
                out.write(buffer, 0, length);
            }
        } catch (IOException | InterruptedException ended) {
            // So does the other side.
        }
        awaitThaw(halt);
        closeQuietly(from);
        closeQuietly(to);
        sockets.remove(from);
        sockets.remove(to);
    }

    private void awaitThaw(Frozen halt) {
        lock.lock();
        try {
            while (frozen.compareTo(halt) >= 0) {
                thawed.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

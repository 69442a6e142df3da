package dev.heddle.support;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/// A port of the loopback address that is at the end of a slow line: what clients send passes at
/// once, but each connection brings them only so many bytes a second, and holds few of those that
/// wait. **Thread-safe.**
public final class SlowLine extends Relay {
    private final int target;
    private final int bytesPerSecond;

    /// @param target the port that it leads to
    /// @param bytesPerSecond that come back from there, on each connection
    public SlowLine(int target, int bytesPerSecond) throws IOException {
        this.target = target;
        this.bytesPerSecond = bytesPerSecond;
        start();
    }

    @Override
    void serve(Socket client) {
        try (client;
                Socket server = new Socket()) {
            sockets.add(server);
            server.setReceiveBufferSize(SlowInput.RECEIVE_BUFFER);
            server.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target));
            Thread.startVirtualThread(() -> passAtOnce(client, server));
            InputStream slow = new SlowInput(server.getInputStream(), bytesPerSecond);
            slow.transferTo(client.getOutputStream());
        } catch (IOException ended) {
            // Either side has gone, and takes the other one along.
        } finally {
            sockets.remove(client);
        }
    }

    private static void passAtOnce(Socket client, Socket server) {
        try (client;
                server) {
            client.getInputStream().transferTo(server.getOutputStream());
        } catch (IOException ended) {
            // Either side has gone, and takes the other one along.
        }
    }
}

package dev.heddle.support;

import dev.heddle.tls.SelfSigned;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;

/// A server of the JDK's own TLS sockets, to compare with: it echoes, with a virtual thread for
/// each connection and little else. It prints its port.
public final class TlsSocketServer {
    private static final int BACKLOG = 4096;
    private static final int FEW_BYTES = 12;
    private static final int CHUNK_BYTES = 16 * 1024;

    private TlsSocketServer() {}

    /// Serves until it is killed.
    ///
    /// @param arguments files with its certificate and its key, as PEM
    public static void main(String... arguments) throws Exception {
        SelfSigned own =
                new SelfSigned(
                        Files.readString(Path.of(arguments[0])),
                        Files.readString(Path.of(arguments[1])));
        SSLContext context = TestCertificate.client(own, own);
        SSLServerSocket server =
                (SSLServerSocket)
                        context.getServerSocketFactory()
                                .createServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
        System.out.println(server.getLocalPort());
        while (true) {
            Socket socket = server.accept();
            socket.setTcpNoDelay(true);
            Thread.startVirtualThread(() -> echo(socket));
        }
    }

    /// Waits with a few bytes, so that what counts is the socket's.
    private static void echo(Socket socket) {
        try (socket) {
            InputStream in = socket.getInputStream();
            OutputStream out = socket.getOutputStream();
            byte[] few = new byte[FEW_BYTES];
            int count;
            while ((count = in.read(few)) >= 0) {
                out.write(echoed(in, few, count));
            }
        } catch (IOException gone) {
            // There is nobody to tell.
        }
    }

    private static byte[] echoed(InputStream in, byte[] few, int count) throws IOException {
        byte[] chunk = new byte[CHUNK_BYTES];
        System.arraycopy(few, 0, chunk, 0, count);
        int rest = Math.min(in.available(), CHUNK_BYTES - count);
        int more = rest == 0 ? 0 : in.readNBytes(chunk, count, rest);
        return Arrays.copyOf(chunk, count + more);
    }
}

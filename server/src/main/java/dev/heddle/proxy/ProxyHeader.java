package dev.heddle.proxy;

import dev.heddle.config.AddressLiteral;
import dev.heddle.http.BadRequest;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The header of the PROXY protocol, version 1 or 2, with which a proxy begins a connection: who
/// its client is. Not a byte behind it is read.
///
/// Source: haproxy.org/download/3.0/doc/proxy-protocol.txt. Of the additional fields (TLV) one is
/// read: whether the client spoke TLS with the proxy. The others are passed over.
public final class ProxyHeader {
    /// Both versions have more.
    private static final int PROBE_BYTES = 12;

    private static final byte[] SIGNATURE = latin1("\r\n\r\n\0\r\nQUIT\n");
    private static final byte[] WORD = latin1("PROXY ");
    private static final int MAX_LINE_BYTES = 107;
    private static final int FAMILY_AT = "PROXY TCP".length();
    private static final Pattern LINE =
            Pattern.compile(
                    "PROXY (?:UNKNOWN(?: [^\r\n]*+)?|TCP(?<family>[46])"
                            + " (?<source>[0-9A-Fa-f:.]++) (?<target>[0-9A-Fa-f:.]++)"
                            + " (?<port>0|[1-9][0-9]{0,4}) (?:0|[1-9][0-9]{0,4}))\r\n");

    private static final int MAX_BODY_BYTES = 4096;
    private static final int IPV4_BYTES = 4;
    private static final int IPV6_BYTES = 16;
    private static final int PORT_BYTES = 2;

    /// A field has a type and a length before its value; the first byte of that of this type is a
    /// set of flags, of which one is for TLS (`PP2_TYPE_SSL`, `PP2_CLIENT_SSL`).
    private static final int FIELD_START_BYTES = 3;

    private static final int TLS_FIELD = 0x20;
    private static final int TLS_FLAG = 0x01;

    private final InputStream in;
    private final Requester peer;

    private ProxyHeader(InputStream in, InetSocketAddress peer) {
        this.in = in;
        this.peer = new Requester(peer, Requester.HTTP);
    }

    /// Reads a header. Blocks until it is whole; the deadline for that is not kept here.
    ///
    /// @param peer the proxy
    /// @return the client; the proxy itself if the connection is the proxy's own, as a health
    ///   check, or it does not know; `null` if the stream has ended before the first byte
    /// @throws BadRequest if there is no header, or a malformed or unfinished one
    public static @Nullable Requester read(InputStream in, InetSocketAddress peer)
            throws IOException, BadRequest {
        return new ProxyHeader(in, peer).read();
    }

    private @Nullable Requester read() throws IOException, BadRequest {
        byte[] line = new byte[MAX_LINE_BYTES];
        int count = in.readNBytes(line, 0, PROBE_BYTES);
        if (count == 0) {
            return null;
        }
        if (Arrays.equals(line, 0, count, SIGNATURE, 0, SIGNATURE.length)) {
            return readBinary();
        }
        if (count < PROBE_BYTES || !Arrays.equals(line, 0, WORD.length, WORD, 0, WORD.length)) {
            throw BadRequest.PROXY_HEADER;
        }
        return client(readLine(line));
    }

    /// Reads as much at once as is still to come for sure: the shortest line of its kind, and then
    /// as long as there is no end, the one or two bytes of that.
    private String readLine(byte[] line) throws IOException, BadRequest {
        int count = PROBE_BYTES;
        int step = shortest(line[FAMILY_AT]).length() - PROBE_BYTES;
        while (step > 0) {
            if (in.readNBytes(line, count, step) < step) {
                throw BadRequest.PROXY_HEADER;
            }
            count += step;
            int wanted = line[count - 1] == '\n' ? 0 : line[count - 1] == '\r' ? 1 : 2;
            step = Math.min(wanted, line.length - count);
        }
        return new String(line, 0, count, StandardCharsets.ISO_8859_1);
    }

    private static String shortest(int family) {
        return switch (family) {
            case '4' -> "PROXY TCP4 0.0.0.0 0.0.0.0 0 0\r\n";
            case '6' -> "PROXY TCP6 :: :: 0 0\r\n";
            default -> "PROXY UNKNOWN\r\n";
        };
    }

    private Requester client(String line) throws BadRequest {
        Matcher parts = LINE.matcher(line);
        if (!parts.matches()) {
            throw BadRequest.PROXY_HEADER;
        }
        String family = parts.group("family");
        if (family == null) {
            return peer;
        }
        int port = Integer.parseInt(parts.group("port"));
        InetAddress source = address(parts.group("source"), family);
        address(parts.group("target"), family);
        return new Requester(socketAddress(source, port), Requester.HTTP);
    }

    private static InetAddress address(String text, String family) throws BadRequest {
        if (text.indexOf(':') >= 0 != family.equals("6")) {
            throw BadRequest.PROXY_HEADER;
        }
        return AddressLiteral.parse(text).orElseThrow(() -> BadRequest.PROXY_HEADER);
    }

    private static InetSocketAddress socketAddress(InetAddress address, int port)
            throws BadRequest {
        if (port > 0xFFFF) {
            throw BadRequest.PROXY_HEADER;
        }
        return new InetSocketAddress(address, port);
    }

    private Requester readBinary() throws IOException, BadRequest {
        byte[] start = readExactly(4);
        int command = start[0];
        int length = (start[2] & 0xFF) << 8 | start[3] & 0xFF;
        if (length > MAX_BODY_BYTES) {
            throw BadRequest.PROXY_HEADER;
        }
        return switch (command) {
            case 0x20 -> passOver(length); // LOCAL
            case 0x21 -> readClient(start[1], length); // PROXY
            default -> throw BadRequest.PROXY_HEADER;
        };
    }

    private Requester readClient(int family, int length) throws IOException, BadRequest {
        return switch (family) {
            case 0x00, 0x31 -> passOver(length); // unknown, and a socket of Unix
            case 0x11 -> readClientOf(IPV4_BYTES, length);
            case 0x21 -> readClientOf(IPV6_BYTES, length);
            default -> throw BadRequest.PROXY_HEADER;
        };
    }

    /// Two addresses, two ports, and fields.
    private Requester readClientOf(int addressBytes, int length) throws IOException, BadRequest {
        int bytes = 2 * (addressBytes + PORT_BYTES);
        if (length < bytes) {
            throw BadRequest.PROXY_HEADER;
        }
        byte[] both = readExactly(bytes);
        InetAddress source = InetAddress.getByAddress(Arrays.copyOf(both, addressBytes));
        int at = 2 * addressBytes;
        int port = (both[at] & 0xFF) << 8 | both[at + 1] & 0xFF;
        String scheme = readFields(length - bytes) ? Requester.HTTPS : Requester.HTTP;
        return new Requester(new InetSocketAddress(source, port), scheme);
    }

    /// Reads the additional fields. A field that is longer than the rest ends the reading.
    ///
    /// @return whether one says that the client spoke TLS
    private boolean readFields(int length) throws IOException, BadRequest {
        boolean isTls = false;
        int left = length;
        while (left >= FIELD_START_BYTES) {
            byte[] start = readExactly(FIELD_START_BYTES);
            left -= FIELD_START_BYTES;
            int bytes = Math.min(left, (start[1] & 0xFF) << 8 | start[2] & 0xFF);
            if (start[0] == TLS_FIELD && bytes > 0) {
                isTls = (readExactly(1)[0] & TLS_FLAG) != 0;
                skip(bytes - 1);
            } else {
                skip(bytes);
            }
            left -= bytes;
        }
        skip(left);
        return isTls;
    }

    /// @return the proxy itself
    private Requester passOver(int length) throws IOException, BadRequest {
        skip(length);
        return peer;
    }

    private void skip(int length) throws IOException, BadRequest {
        for (int left = length; left > 0; left -= MAX_LINE_BYTES) {
            readExactly(Math.min(left, MAX_LINE_BYTES));
        }
    }

    private byte[] readExactly(int count) throws IOException, BadRequest {
        byte[] bytes = new byte[count];
        if (in.readNBytes(bytes, 0, count) < count) {
            throw BadRequest.PROXY_HEADER;
        }
        return bytes;
    }

    private static byte[] latin1(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}

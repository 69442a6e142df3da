package dev.heddle.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.heddle.http.BadRequest;
import dev.heddle.telemetry.Addresses;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Objects;
import java.util.Random;

class ProxyHeaderTest {
    private static final InetSocketAddress PROXY =
            new InetSocketAddress(InetAddress.ofLiteral("10.0.0.1"), 999);
    private static final InetSocketAddress CLIENT =
            new InetSocketAddress(InetAddress.ofLiteral("192.0.2.1"), 4711);
    private static final String SIGNATURE = "\r\n\r\n\0\r\nQUIT\n";
    private static final String V4_BODY = "\u00c0\0\2\1" + "\u00c0\0\2\u00ff" + "\22g" + "\0\120";
    private static final String V6_BODY =
            "\40\1\15\u00b8" + "\0".repeat(11) + "\1" + "\0".repeat(16) + "\u00ff\u00ff" + "\0\120";

    /// The client that a header says; the bytes behind it must be left alone.
    private static String client(String header) throws IOException, BadRequest {
        return Addresses.text(requester(header).address());
    }

    private static Requester requester(String header) throws IOException, BadRequest {
        InputStream in = new ByteArrayInputStream((header + "GET /").getBytes(ISO_8859_1));
        Requester client = ProxyHeader.read(in, PROXY);
        assertEquals("GET /", new String(in.readAllBytes(), ISO_8859_1));
        return Objects.requireNonNull(client);
    }

    private static String binary(int command, int family, String body) {
        return SIGNATURE
                + (char) command
                + (char) family
                + (char) (body.length() >> 8)
                + (char) (body.length() & 0xFF)
                + body;
    }

    @ParameterizedTest
    @CsvSource({
        "TCP4 192.0.2.1 192.0.2.255 4711 80, 192.0.2.1:4711",
        "TCP4 1.1.1.1 1.1.1.1 0 0, 1.1.1.1:0",
        "TCP4 255.255.255.255 255.255.255.255 65535 65535, 255.255.255.255:65535",
        "TCP6 2001:db8::1 ::1 4711 80, [2001:db8:0:0:0:0:0:1]:4711",
        "TCP6 :: :: 0 0, [0:0:0:0:0:0:0:0]:0",
        "TCP6 ::ffff:192.0.2.1 ::1 1 2, 192.0.2.1:1",
        "TCP6 ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"
                + " 65535 65535, [ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff]:65535",
        "UNKNOWN, 10.0.0.1:999",
        "UNKNOWN ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"
                + " 65535 65535, 10.0.0.1:999",
        "UNKNOWN whatever \u00e9, 10.0.0.1:999",
    })
    void versionOneIsALine(String line, String client) throws Exception {
        assertEquals(client, client("PROXY " + line + "\r\n"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PROXY TCP4 192.0.2.1 192.0.2.255 4711 80\n",
                "PROXY TCP4 192.0.2.1 192.0.2.255 4711\r\n",
                "PROXY TCP4 192.0.2.1 192.0.2.255 4711 80 \r\n",
                "PROXY TCP4 192.0.2.1 192.0.2.255 4711 80 1\r\n",
                "PROXY TCP4  192.0.2.1 192.0.2.255 4711 80\r\n",
                "PROXY TCP4 192.0.2.1 192.0.2.255 65536 80\r\n",
                "PROXY TCP4 192.0.2.1 192.0.2.255 04711 80\r\n",
                "PROXY TCP4 192.0.2.1 192.0.2.255 -1 80\r\n",
                "PROXY TCP4 192.0.2.256 192.0.2.255 4711 80\r\n",
                "PROXY TCP4 192.0.2.01 192.0.2.255 4711 80\r\n",
                "PROXY TCP4 192.0.2.1 192.0.2 4711 80\r\n",
                "PROXY TCP4 2001:db8::1 ::1 4711 80\r\n",
                "PROXY TCP6 192.0.2.1 192.0.2.255 4711 80\r\n",
                "PROXY TCP5 192.0.2.1 192.0.2.255 4711 80\r\n",
                "PROXY UDP4 192.0.2.1 192.0.2.255 4711 80\r\n",
                "PROXY tcp4 192.0.2.1 192.0.2.255 4711 80\r\n",
                "proxy TCP4 192.0.2.1 192.0.2.255 4711 80\r\n",
                "PROXY TCP4 localhost 192.0.2.255 4711 80\r\n",
                "PROXY TCP6 fe80::1%eth0 ::1 4711 80\r\n",
                "PROXY UNKNOWNS\r\n",
                "PROXY \r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n",
                "PROXY TCP4 192.0.2.1\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET /",
                "P",
                "\r\n\r\n\0\r\nQUIT\n",
                "\r\n\r\n\0\r\nQUIT",
                "\r\n\r\n\0\r\nQUITx!\0\0",
            })
    void whatIsNoHeaderIsRefused(String bytes) {
        assertRefused(bytes);
    }

    @Test
    void aLineIsNoLongerThanTheLongestThatThereIs() throws Exception {
        assertEquals("10.0.0.1:999", client("PROXY UNKNOWN " + "x".repeat(91) + "\r\n"));
        assertRefused("PROXY UNKNOWN " + "x".repeat(92) + "\r\n");
        assertRefused("PROXY UNKNOWN " + "x".repeat(100_000));
    }

    @Test
    void versionTwoIsBinary() throws Exception {
        assertEquals("192.0.2.1:4711", client(binary(0x21, 0x11, V4_BODY)));
        assertEquals("[2001:db8:0:0:0:0:0:1]:65535", client(binary(0x21, 0x21, V6_BODY)));
    }

    @Test
    void aConnectionOfTheProxysOwnIsTheProxys() throws Exception {
        assertEquals("10.0.0.1:999", client(binary(0x20, 0x00, "")));
        assertEquals("10.0.0.1:999", client(binary(0x20, 0x11, V4_BODY)));
        assertEquals("10.0.0.1:999", client(binary(0x20, 0x77, "\4\0\1x")));
        assertEquals("10.0.0.1:999", client(binary(0x21, 0x00, "")));
        assertEquals("10.0.0.1:999", client(binary(0x21, 0x31, "/".repeat(216))));
    }

    @Test
    void additionalFieldsArePassedOver() throws Exception {
        String fields = "\4\0\1x" + "\1\0\2h2" + "\u00ee\15\u00ac" + "x".repeat(3500);
        assertEquals("192.0.2.1:4711", client(binary(0x21, 0x11, V4_BODY + fields)));
        assertEquals("192.0.2.1:4711", client(binary(0x21, 0x11, V4_BODY + "garbage")));
        assertEquals("10.0.0.1:999", client(binary(0x20, 0x00, fields)));
        assertEquals("192.0.2.1:4711", client(binary(0x21, 0x11, V4_BODY + "x".repeat(4084))));
        assertRefused(binary(0x21, 0x11, V4_BODY + "x".repeat(4085)));
        assertRefused(binary(0x20, 0x00, "x".repeat(65_535)));
    }

    /// The values of `PP2_TYPE_SSL` as HAProxy sends them: flags, whether the certificate is bad,
    /// and fields of its own.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "|http",
                "\40\0\5\1\0\0\0\1|https",
                "\40\0\5\0\0\0\0\0|http",
                "\40\0\5\7\0\0\0\0|https",
                "\40\0\5\6\0\0\0\0|http",
                "\40\0\17\1\0\0\0\1\41\0\7TLSv1.3|https",
                "\4\0\1x\40\0\5\1\0\0\0\1\u00ee\0\1x|https",
                "\40\0\1\1|https",
                "\40\0\0|http",
                "\40\0|http",
                "\40\0\5\1|https",
                "\41\0\5\1\0\0\0\1|http",
                "\4\0\200\40\0\5\1\0\0\0\1|http",
            })
    void aFieldSaysWhetherTheClientSpokeTls(@Nullable String fields, String scheme)
            throws Exception {
        String all = fields == null ? "" : fields;
        assertEquals(new Requester(CLIENT, scheme), requester(binary(0x21, 0x11, V4_BODY + all)));
        assertEquals(scheme, requester(binary(0x21, 0x21, V6_BODY + all)).scheme());
        assertEquals(Requester.HTTP, requester(binary(0x20, 0x11, V4_BODY + all)).scheme());
    }

    @Test
    void whatVersionTwoDoesNotKnowIsRefused() {
        assertRefused(binary(0x22, 0x11, V4_BODY));
        assertRefused(binary(0x11, 0x11, V4_BODY));
        assertRefused(binary(0x31, 0x11, V4_BODY));
        assertRefused(binary(0x21, 0x12, V4_BODY));
        assertRefused(binary(0x21, 0x22, V6_BODY));
        assertRefused(binary(0x21, 0x41, V6_BODY));
        assertRefused(binary(0x21, 0x10, V4_BODY));
        assertRefused(binary(0x21, 0x11, V4_BODY.substring(1)));
        assertRefused(binary(0x21, 0x21, V4_BODY));
        assertRefused(binary(0x21, 0x11, ""));
        for (int at = 1; at < SIGNATURE.length() + 4 + V4_BODY.length(); at++) {
            String whole = binary(0x21, 0x11, V4_BODY);
            assertRefused(whole.substring(0, at));
        }
    }

    @Test
    void noByteAtAllIsNoMistake() throws Exception {
        assertNull(ProxyHeader.read(InputStream.nullInputStream(), PROXY));
    }

    /// Seeded: changed headers and random bytes end in an address or in a refusal, and never wait
    /// for more than there is.
    @Test
    void nothingElseComesOfRandomBytes() throws IOException {
        Random random = new Random(15);
        String[] seeds = {
            "PROXY TCP4 192.0.2.1 192.0.2.255 4711 80\r\n",
            "PROXY TCP6 2001:db8::1 ::1 4711 80\r\n",
            binary(0x21, 0x11, V4_BODY),
            binary(0x21, 0x21, V6_BODY),
        };
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = seeds[i % seeds.length].getBytes(ISO_8859_1);
            for (int changes = random.nextInt(4); changes >= 0; changes--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            try {
                ProxyHeader.read(new ByteArrayInputStream(bytes), PROXY);
            } catch (BadRequest refused) {
                assertSame(BadRequest.PROXY_HEADER, refused);
            }
        }
    }

    private static void assertRefused(String bytes) {
        InputStream in = new ByteArrayInputStream(bytes.getBytes(ISO_8859_1));
        BadRequest refused =
                assertThrows(BadRequest.class, () -> ProxyHeader.read(in, PROXY), bytes);
        assertSame(BadRequest.PROXY_HEADER, refused);
    }
}

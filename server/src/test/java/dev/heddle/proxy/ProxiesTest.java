package dev.heddle.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.heddle.buffer.BufferPool;
import dev.heddle.config.ClientHeader;
import dev.heddle.config.ProxySettings;
import dev.heddle.config.Settings;
import dev.heddle.http.HeadLimits;
import dev.heddle.http.HeadReader;
import dev.heddle.http.RequestHead;
import dev.heddle.telemetry.Addresses;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.ByteArrayInputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Who the client is by what proxies say in headers. The trusted ones are in 10.0.0.0/8 and
/// fd00::/8.
class ProxiesTest {
    private static final InetSocketAddress PROXY = new InetSocketAddress(address("10.0.0.1"), 999);
    private static final BufferPool BUFFERS = new BufferPool(16 * 1024, 1);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "                                  | 10.0.0.1:999",
                "''                                | 10.0.0.1:999",
                "192.0.2.1                         | 192.0.2.1:0",
                "192.0.2.1:4711                    | 192.0.2.1:4711",
                "192.0.2.1:0                       | 192.0.2.1:0",
                "2001:db8::1                       | [2001:db8:0:0:0:0:0:1]:0",
                "[2001:db8::1]                     | [2001:db8:0:0:0:0:0:1]:0",
                "[2001:db8::1]:443                 | [2001:db8:0:0:0:0:0:1]:443",
                "\"[2001:db8::1]:443\"             | [2001:db8:0:0:0:0:0:1]:443",
                "\"192.0.2.1\"                     | 192.0.2.1:0",
                "::ffff:192.0.2.1                  | 192.0.2.1:0",
                // the rightmost that is not trusted wins, whatever the client says before it
                "6.6.6.6, 192.0.2.1                | 192.0.2.1:0",
                "6.6.6.6,192.0.2.1:80 , 10.0.0.7   | 192.0.2.1:80",
                "192.0.2.1, fd00::5, 10.0.0.7      | 192.0.2.1:0",
                "10.0.0.9, 10.0.0.8:1              | 10.0.0.9:0",
                // garbage ends the look: who is behind it is not known
                "unknown                           | 10.0.0.1:999",
                "_hidden                           | 10.0.0.1:999",
                "192.0.2.1, unknown                | 10.0.0.1:999",
                "192.0.2.1, unknown, 10.0.0.7      | 10.0.0.7:0",
                "192.0.2.1,                        | 10.0.0.1:999",
                "192.0.2.1,,10.0.0.7               | 10.0.0.7:0",
                "192.0.2.1 10.0.0.7                | 10.0.0.1:999",
                "192.0.2.1;10.0.0.7                | 10.0.0.1:999",
                "192.0.2.1:65536                   | 10.0.0.1:999",
                "192.0.2.1:                        | 10.0.0.1:999",
                "192.0.2.1:-1                      | 10.0.0.1:999",
                "192.0.2.1:080a                    | 10.0.0.1:999",
                "192.0.2                           | 10.0.0.1:999",
                "192.0.2.01                        | 10.0.0.1:999",
                "192.0.2.256                       | 10.0.0.1:999",
                "3221225985                        | 10.0.0.1:999",
                "[192.0.2.1]                       | 10.0.0.1:999",
                "[2001:db8::1                      | 10.0.0.1:999",
                "2001:db8::1]                      | 10.0.0.1:999",
                "[2001:db8::1]x                    | 10.0.0.1:999",
                "[2001:db8::1]443                  | 10.0.0.1:999",
                "[]                                | 10.0.0.1:999",
                "[                                 | 10.0.0.1:999",
                ":                                 | 10.0.0.1:999",
                "fe80::1%eth0                      | 10.0.0.1:999",
                "localhost                         | 10.0.0.1:999",
                "\"                                | 10.0.0.1:999",
                "caf\u00e9                         | 10.0.0.1:999",
            })
    void theRightmostUntrustedAddressOfXForwardedForIsTheClient(String header, String client) {
        assertEquals(client, client(ClientHeader.X_FORWARDED_FOR, "X-Forwarded-For", header));
        assertEquals("10.0.0.1:999", client(ClientHeader.FORWARDED, "X-Forwarded-For", header));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "                                               | 10.0.0.1:999 | http",
                "for=192.0.2.1                                  | 192.0.2.1:0  | http",
                "For=192.0.2.1;Proto=HTTPS;by=203.0.113.43      | 192.0.2.1:0  | https",
                "proto=https;for=\"192.0.2.1:4711\"             | 192.0.2.1:4711 | https",
                "for=\"[2001:db8:cafe::17]:4711\"               | [2001:db8:cafe:0:0:0:0:17]:4711 |"
                        + " http",
                "for=\"[2001:db8:cafe::17]\"                    | [2001:db8:cafe:0:0:0:0:17]:0 |"
                        + " http",
                "for=\"192.0.2.1:_port\"                        | 192.0.2.1:0  | http",
                "for=\"192\\.0.2.\\1\"                          | 192.0.2.1:0  | http",
                "for=6.6.6.6;proto=http, for=192.0.2.1;proto=https | 192.0.2.1:0 | https",
                "for=192.0.2.1;proto=https, for=10.0.0.7        | 192.0.2.1:0  | https",
                "for=192.0.2.1;proto=https,for=10.0.0.7;proto=http | 192.0.2.1:0 | https",
                "for=192.0.2.1, , for=10.0.0.7,                 | 192.0.2.1:0  | http",
                "for=192.0.2.1; ;proto=https                    | 192.0.2.1:0  | https",
                "host=\"a, for=6.6.6.6\";for=192.0.2.1          | 192.0.2.1:0  | http",
                "for=unknown;proto=https                        | 10.0.0.1:999 | https",
                "for=_SEVKISEK                                  | 10.0.0.1:999 | http",
                "for=192.0.2.1, for=unknown                     | 10.0.0.1:999 | http",
                "for=192.0.2.1, proto=https                     | 10.0.0.1:999 | https",
                "for=192.0.2.1, for=unknown, for=10.0.0.7       | 10.0.0.7:0   | http",
                // one mistake, and nothing is believed
                "for=\", for=192.0.2.1                          | 10.0.0.1:999 | http",
                "for=6.6.6.6;x=\", for=\"192.0.2.1\"            | 10.0.0.1:999 | http",
                "for=192.0.2.1 for=192.0.2.2                    | 10.0.0.1:999 | http",
                "for=192.0.2.1:80                               | 10.0.0.1:999 | http",
                "for=[2001:db8::1]                              | 10.0.0.1:999 | http",
                "for = 192.0.2.1                                | 10.0.0.1:999 | http",
                "for=                                           | 10.0.0.1:999 | http",
                "for                                            | 10.0.0.1:999 | http",
                "=192.0.2.1                                     | 10.0.0.1:999 | http",
                "192.0.2.1                                      | 10.0.0.1:999 | http",
                "for=192.0.2.1, \"                              | 10.0.0.1:999 | http",
                "for=\"192.0.2.1\\                              | 10.0.0.1:999 | http",
            })
    void theRightmostUntrustedAddressOfForwardedIsTheClient(
            String header, String client, String scheme) {
        assertEquals(client, client(ClientHeader.FORWARDED, "Forwarded", header));
        assertEquals(
                scheme, requester(ClientHeader.FORWARDED, PROXY, "Forwarded", header).scheme());
        assertEquals("10.0.0.1:999", client(ClientHeader.X_FORWARDED_FOR, "Forwarded", header));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "192.0.2.1           | https       | https",
                "192.0.2.1           | HTTPS       | https",
                "192.0.2.1           | wss         | https",
                "192.0.2.1           | ws          | http",
                "192.0.2.1           | http        | http",
                "192.0.2.1           | ftp         | http",
                "192.0.2.1           |             | http",
                "                    | https       | https",
                "192.0.2.1, 10.0.0.7 | https       | https",
                "192.0.2.1, 10.0.0.7 | https, http | https",
                "192.0.2.1, 10.0.0.7 | http, https | http",
                "6.6.6.6, 192.0.2.1  | http, https | https",
                "192.0.2.1           | http, https | https",
                "192.0.2.1           | https, http | http",
            })
    void theSchemeIsWhatTheClientHasSpoken(String nodes, String schemes, String scheme) {
        Requester requester =
                requester(
                        ClientHeader.X_FORWARDED_FOR,
                        PROXY,
                        "X-Forwarded-For",
                        nodes,
                        "X-Forwarded-Proto",
                        schemes);
        assertEquals(scheme, requester.scheme());
    }

    @Test
    void nobodyElseIsBelieved() {
        InetSocketAddress other = new InetSocketAddress(address("11.0.0.1"), 7);
        for (ClientHeader header : ClientHeader.values()) {
            Requester requester =
                    requester(
                            header,
                            other,
                            "X-Forwarded-For",
                            "192.0.2.1",
                            "X-Forwarded-Proto",
                            "https",
                            "Forwarded",
                            "for=192.0.2.1;proto=https");
            assertEquals(new Requester(other, "http"), requester);
        }
    }

    /// As HAProxy does: it adds a line of its own behind the client's.
    @Test
    void severalLinesAreOneList() {
        Requester requester =
                requester(
                        ClientHeader.X_FORWARDED_FOR,
                        PROXY,
                        "X-Forwarded-For",
                        "6.6.6.6",
                        "x-forwarded-for",
                        "192.0.2.1");
        assertEquals("192.0.2.1:0", Addresses.text(requester.address()));
    }

    @Test
    void whatIsLookedAtIsBounded() {
        String proxies = "10.0.0.7,".repeat(31);
        assertEquals(
                "192.0.2.1:0",
                client(
                        ClientHeader.X_FORWARDED_FOR,
                        "X-Forwarded-For",
                        "192.0.2.1," + proxies.substring(0, proxies.length() - 1)));
        assertEquals(
                "10.0.0.7:0",
                client(
                        ClientHeader.X_FORWARDED_FOR,
                        "X-Forwarded-For",
                        "192.0.2.1," + proxies + "10.0.0.7"));
    }

    /// What fills a whole head.
    @Test
    void longGarbageIsNobody() {
        for (String garbage :
                List.of(
                        "for=\"" + "\\\"".repeat(3900),
                        "a=b;".repeat(1900) + "=",
                        ",".repeat(7900),
                        " ".repeat(3900) + "x",
                        "for=1;".repeat(1300) + "\"",
                        "[".repeat(7900),
                        "1".repeat(7900),
                        ":".repeat(7900),
                        "1.".repeat(3900))) {
            assertEquals(
                    "10.0.0.1:999", client(ClientHeader.FORWARDED, "Forwarded", garbage), garbage);
            assertEquals(
                    "10.0.0.1:999",
                    client(ClientHeader.X_FORWARDED_FOR, "X-Forwarded-For", garbage),
                    garbage);
        }
    }

    private static String client(ClientHeader header, String name, String value) {
        return Addresses.text(requester(header, PROXY, name, value).address());
    }

    /// @param lines names and values by turns; none for a value that is `null`
    private static Requester requester(
            ClientHeader header, InetSocketAddress peer, String... lines) {
        ProxySettings settings =
                Settings.of(
                                Map.of(
                                        "proxy.trusted",
                                        "10.0.0.0/8,fd00::/8",
                                        "proxy.header",
                                        header == ClientHeader.FORWARDED
                                                ? "forwarded"
                                                : "x-forwarded-for"))
                        .proxy();
        return new Proxies(settings).requester(new Requester(peer, "http"), head(lines));
    }

    private static RequestHead head(String... lines) {
        StringBuilder text = new StringBuilder("GET / HTTP/1.1\r\nHost: a\r\n");
        for (int i = 0; i < lines.length; i += 2) {
            text.append(lines[i + 1] == null ? "" : lines[i] + ": " + lines[i + 1] + "\r\n");
        }
        byte[] bytes = text.append("\r\n").toString().getBytes(ISO_8859_1);
        try (HeadReader reader =
                new HeadReader(
                        new ByteArrayInputStream(bytes),
                        BUFFERS,
                        BUFFERS,
                        HeadLimits.of(Settings.defaults().limits()))) {
            return Objects.requireNonNull(reader.read());
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static InetAddress address(String text) {
        return InetAddress.ofLiteral(text);
    }
}

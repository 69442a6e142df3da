package dev.heddle.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/// What one whole head says: the parser as a pure function.
class RequestHeadTest {

    private static RequestHead parse(String line, String... headers) throws BadRequest {
        String text = "junk" + line + "\r\n" + String.join("\r\n", headers);
        String end = headers.length == 0 ? "\r\n" : "\r\n\r\n";
        return RequestHead.parse((text + end).getBytes(ISO_8859_1), 4, 10);
    }

    private static void assertBad(BadRequest expected, String line, String... headers) {
        assertSame(expected, assertThrows(BadRequest.class, () -> parse(line, headers)));
    }

    @ParameterizedTest
    @CsvSource({
        "GET / HTTP/1.1, GET, /",
        "HEAD /a/b HTTP/1.1, HEAD, /a/b",
        "get /x HTTP/1.1, get, /x",
        "!#$%&'*+-.^_`|~9 /x HTTP/1.1, !#$%&'*+-.^_`|~9, /x",
        "GET /a?b=c?d HTTP/1.1, GET, /a",
        "GET /? HTTP/1.1, GET, /",
        "GET //a HTTP/1.1, GET, //a",
        "GET /../a HTTP/1.1, GET, /../a",
        "GET /%41%ff%0a HTTP/1.1, GET, /%41%ff%0a",
        "GET /%01 HTTP/1.1, GET, /%01",
        "GET /%10 HTTP/1.1, GET, /%10",
        "GET /\"<>\\^`{|} HTTP/1.1, GET, /\"<>\\^`{|}",
    })
    void readsMethodAndPathAsSent(String line, String method, String path) throws BadRequest {
        RequestHead head = parse(line, "Host: a");
        assertEquals(method, head.method());
        assertEquals(path, head.path());
    }

    record Bad(BadRequest expected, String line) {}

    static Stream<Bad> badLines() {
        Stream<String> syntax =
                Stream.of(
                        "GET",
                        "GET ",
                        "GET /",
                        "GET / ",
                        "GET  / HTTP/1.1",
                        "GET /  HTTP/1.1",
                        "GET / HTTP/1.1 ",
                        "GET / /b HTTP/1.1",
                        " GET / HTTP/1.1",
                        "G(T / HTTP/1.1",
                        "GET\t/ HTTP/1.1",
                        "GET / http/1.1",
                        "GET / HTTP/1.10",
                        "GET / HTTP/11.",
                        "GET / HTTP/1,1",
                        "GET / HTTP/a.1",
                        "GET / HTTP/1.",
                        "GET / HTTQ/1.1");
        Stream<String> target =
                Stream.of(
                        "GET * HTTP/1.1",
                        "PRI * HTTP/2.0",
                        "GET http:// HTTP/1.1",
                        "GET http:/// HTTP/1.1",
                        "GET http://u@a/ HTTP/1.1",
                        "GET http://a,b/ HTTP/1.1",
                        "GET http://a/#x HTTP/1.1",
                        "GET http:a HTTP/1.1",
                        "GET ftp://a/ HTTP/1.1",
                        "GET ws://a/ HTTP/1.1",
                        "CONNECT a:80 HTTP/1.1",
                        "GET a HTTP/1.1",
                        "GET /#x HTTP/1.1",
                        "GET /% HTTP/1.1",
                        "GET /%4 HTTP/1.1",
                        "GET /%4g HTTP/1.1",
                        "GET /a\tb HTTP/1.1");
        Stream<String> version = Stream.of("GET / HTTP/1.2", "GET / HTTP/2.0", "GET / HTTP/0.9");
        return Stream.of(
                        syntax.map(line -> new Bad(BadRequest.SYNTAX, line)),
                        target.map(line -> new Bad(BadRequest.TARGET, line)),
                        version.map(line -> new Bad(BadRequest.VERSION, line)))
                .flatMap(bad -> bad);
    }

    @ParameterizedTest
    @MethodSource("badLines")
    void refusesABadRequestLine(Bad bad) {
        assertBad(bad.expected(), bad.line(), "Host: a");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-A : 1",
                " X-A: 1",
                "\tX-A: 1",
                ": 1",
                "X-A",
                "X A: 1",
                "X(A: 1",
                "X-\u00E9: 1",
            })
    void refusesABadHeaderLine(String header) {
        assertBad(BadRequest.SYNTAX, "GET / HTTP/1.1", "Host: a", header);
        assertBad(BadRequest.SYNTAX, "GET / HTTP/1.1", "Host: a", header, "X-B: 2");
    }

    @ParameterizedTest
    @CsvSource({
        "example.com",
        "EXAMPLE.com:80",
        "127.0.0.1:8080",
        "[::1]:8080",
        "a_b-c.d",
        "[fe80::1%25lo]",
    })
    void takesAHost(String host) throws BadRequest {
        assertEquals(host, parse("GET / HTTP/1.1", "Host: " + host).header(Header.HOST));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "a,b", "a/b", "a@b", "a?b", "a#b", "\u00E9", "a\tb"})
    void refusesABadHost(String host) {
        assertBad(BadRequest.HOST, "GET / HTTP/1.1", "Host: " + host);
    }

    @Test
    void aRequestHasOneHost() {
        assertBad(BadRequest.HOST, "GET / HTTP/1.1");
        assertBad(BadRequest.HOST, "GET / HTTP/1.1", "Hos: a", "Hostt: a");
        assertBad(BadRequest.REPEATED, "GET / HTTP/1.1", "Host: a", "Host: a");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Origin", "Sec-WebSocket-Key", "Content-Length", "origin"})
    void aHeaderThatIsNoListComesOnce(String name) throws BadRequest {
        parse("GET / HTTP/1.1", "Host: a", name + ": 0");
        assertBad(BadRequest.REPEATED, "GET / HTTP/1.1", "Host: a", name + ": 0", name + ": 0");
    }

    @Test
    void aListMayComeInPieces() throws BadRequest {
        RequestHead head =
                parse("GET / HTTP/1.1", "Host: a", "Connection: a , b", "X: y", "connection:\tC\t");
        assertEquals("a , b, C", head.header(Header.CONNECTION));
        for (String token : List.of("a", "A", "b", "c")) {
            assertTrue(head.hasToken(Header.CONNECTION, token), token);
        }
        for (String token : List.of("a ,", "a b", "d")) {
            assertFalse(head.hasToken(Header.CONNECTION, token), token);
        }
        assertFalse(head.hasToken(Header.UPGRADE, "a"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "5", "+0", "-0", "00", "0, 0", "0x0", "", "99999999999999999999"})
    void whereNoBodyMayBeALengthIsRefused(String length) throws BadRequest {
        RequestHead head = parse("GET / HTTP/1.1", "Host: a", "Content-Length: " + length);
        assertSame(BadRequest.BODY, assertThrows(BadRequest.class, head::requireNoBody));
    }

    @ParameterizedTest
    @ValueSource(strings = {"chunked", "identity", "xchunked", "", "gzip, chunked"})
    void whereNoBodyMayBeACodingIsRefused(String coding) throws BadRequest {
        RequestHead head = parse("GET / HTTP/1.1", "Host: a", "Transfer-Encoding: " + coding);
        assertSame(BadRequest.BODY, assertThrows(BadRequest.class, head::requireNoBody));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/%00", "/a%00b", "/?%00", "http://a/%00"})
    void whereNoNulMayBeItIsRefused(String target) throws BadRequest {
        RequestHead head = parse("GET " + target + " HTTP/1.1", "Host: a");
        assertSame(BadRequest.TARGET, assertThrows(BadRequest.class, head::requireNoNul));
        parse("GET /%01?%30%30 HTTP/1.1", "Host: a").requireNoNul();
    }

    @Test
    void aBodyOfNothingIsNone() throws BadRequest {
        RequestHead head = parse("GET / HTTP/1.1", "Host: a", "Content-Length: 0");
        head.requireNoBody();
        assertEquals(0, head.bodyBytes());
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "5, 5",
        "007, 7",
        "262144, 262144",
        "999999999999999999, 999999999999999999",
        "99999999999999999999999, 9223372036854775807",
    })
    void aBodyIsAsLongAsItSays(String length, long bytes) throws BadRequest {
        RequestHead head = parse("POST / HTTP/1.1", "Host: a", "Content-Length: " + length);
        assertEquals(bytes, head.bodyBytes());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "+5", "-1", "5, 5", "5 5", "0x5", "5.0", "\u00B2"})
    void aLengthThatIsNoNumberIsBad(String length) throws BadRequest {
        RequestHead head = parse("POST / HTTP/1.1", "Host: a", "Content-Length: " + length);
        assertSame(BadRequest.LENGTH, assertThrows(BadRequest.class, head::bodyBytes));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "chunked | -1",
                "Chunked | -1",
                "gzip | 501",
                "identity | 501",
                "xchunked | 501",
                "gzip, chunked | 501",
                "chunked, gzip | 400",
                "chunked, chunked | 501",
                "'' | 501",
            })
    void theOnlyCodingIsChunked(String coding, int result) throws BadRequest {
        RequestHead head = parse("POST / HTTP/1.1", "Host: a", "Transfer-Encoding: " + coding);
        if (result < 0) {
            assertEquals(RequestHead.CHUNKED, head.bodyBytes());
        } else {
            BadRequest bad = assertThrows(BadRequest.class, head::bodyBytes);
            assertEquals(result, bad.status().code());
        }
    }

    @Test
    void aBodyHasOneLengthOnly() throws BadRequest {
        String chunked = "Transfer-Encoding: chunked";
        RequestHead both = parse("POST / HTTP/1.1", "Host: a", chunked, "Content-Length: 5");
        assertSame(BadRequest.LENGTH, assertThrows(BadRequest.class, both::bodyBytes));
        RequestHead old = parse("POST / HTTP/1.0", "Host: a", chunked);
        assertSame(BadRequest.LENGTH, assertThrows(BadRequest.class, old::bodyBytes));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "none",
            value = {
                "GET /a?b=c HTTP/1.1           | h:1 | h:1  | h    | /a | b=c",
                "GET http://t:2/a?b HTTP/1.1   | h:1 | t:2  | t    | /a | b",
                "GET HTTPS://T/a HTTP/1.1      | h   | T    | t    | /a | none",
                "GET http://t HTTP/1.1         | h   | t    | t    | /  | none",
                "GET http://t?x HTTP/1.1       | h   | t    | t    | /  | x",
                "GET http://[::1]:8/ HTTP/1.1  | h   | [::1]:8 | ::1 | / | none",
                "GET http://t//a?/? HTTP/1.0   | h   | t    | t    | //a | /?",
                "GET / HTTP/1.0                | H:  | H:   | h    | /  | none",
                "GET / HTTP/1.1                | h:x | h:x  | h:x  | /  | none",
            })
    void theTargetsAuthorityWinsOverHost(
            String line, String host, String authority, String name, String path, String query)
            throws BadRequest {
        RequestHead head = parse(line, "Host: " + host);
        assertEquals(authority, head.authority());
        assertEquals(name, head.host());
        assertEquals(path, head.path());
        assertEquals(query, head.query());
    }

    @Test
    void aTargetWithAnAuthorityNeedsAHostAllTheSame() {
        assertBad(BadRequest.HOST, "GET http://a/ HTTP/1.1");
        assertBad(BadRequest.HOST, "GET http://a/ HTTP/1.1", "Host: a b");
        assertBad(BadRequest.REPEATED, "GET http://a/ HTTP/1.1", "Host: a", "Host: a");
    }

    @Test
    void aRequestOfHttp10NeedsNoHost() throws BadRequest {
        RequestHead head = parse("GET / HTTP/1.0");
        assertTrue(head.isOld());
        assertNull(head.authority());
        assertNull(head.host());
        assertBad(BadRequest.HOST, "GET / HTTP/1.0", "Host: a b");
    }

    @ParameterizedTest
    @CsvSource({
        "HTTP/1.1, X: y, KEPT",
        "HTTP/1.1, Connection: keep-alive, KEPT",
        "HTTP/1.1, Connection: close, CLOSED",
        "HTTP/1.0, X: y, CLOSED",
        "HTTP/1.0, Connection: Keep-Alive, KEPT_AS_ASKED",
        "HTTP/1.0, 'Connection: keep-alive, close', CLOSED",
    })
    void whoWantsTheConnectionKeptSaysSo(String version, String header, Persistence expected)
            throws BadRequest {
        assertEquals(expected, parse("GET / " + version, "Host: a", header).persistence());
    }

    @Test
    void aValueKeepsItsBytesWithoutBlanksAround() throws BadRequest {
        RequestHead head = parse("GET / HTTP/1.1", "Host: a", "Origin: \t x y\u00E9\t\t ");
        assertEquals("x y\u00E9", head.header(Header.ORIGIN));
        assertNull(head.header(Header.UPGRADE));
    }

    @Test
    void aHeadOfManySpacesOrCommasTakesLinearTime() throws BadRequest {
        String[] headers = new String[10];
        Arrays.fill(headers, "Connection: " + " , ".repeat(100_000));
        headers[0] = "Host: a";
        assertFalse(parse("GET / HTTP/1.1", headers).hasToken(Header.CONNECTION, "x"));
    }
}

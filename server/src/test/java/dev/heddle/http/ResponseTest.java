package dev.heddle.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.lang.reflect.Field;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

class ResponseTest {
    private static final Pattern DATE =
            Pattern.compile(
                    "Date: [A-Z][a-z]{2}, [0-9]{2} [A-Z][a-z]{2} 20[0-9]{2} [0-9:]{8} GMT\r\n");

    private static String encode(Response response, boolean withBody, Persistence persistence) {
        String answer = new String(response.encode(withBody, persistence), UTF_8);
        assertTrue(DATE.matcher(answer).find(), answer);
        return DATE.matcher(answer).replaceFirst("");
    }

    @Test
    void writesStatusHeadersLengthAndBody() {
        Response response = Response.text(Status.OK, "é").with("X-A", "1").with("X-B", "2");
        assertEquals(
                """
                HTTP/1.1 200 OK\r
                Content-Type: text/plain; charset=utf-8\r
                X-A: 1\r
                X-B: 2\r
                Content-Length: 3\r
                \r
                é
                """,
                encode(response, true, Persistence.KEPT));
    }

    @Test
    void announcesTheBodyThatAHeadRequestDoesNotGet() {
        String head = encode(Response.text(Status.OK, "hello"), false, Persistence.KEPT);
        assertTrue(head.contains("\r\nContent-Length: 6\r\n"), head);
        assertTrue(head.endsWith("\r\n\r\n"), head);
    }

    @Test
    void saysWhenTheConnectionCloses() {
        assertEquals(
                "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
                encode(Response.empty(Status.NOT_FOUND), true, Persistence.CLOSED));
    }

    @Test
    void saysToAClientOfHttp10ThatTheConnectionStays() {
        assertEquals(
                "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: keep-alive\r\n\r\n",
                encode(Response.empty(Status.OK), true, Persistence.KEPT_AS_ASKED));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 | Thu, 01 Jan 1970 00:00:00 GMT",
                "784111777 | Sun, 06 Nov 1994 08:49:37 GMT",
                "1709251199 | Thu, 29 Feb 2024 23:59:59 GMT",
            })
    void theDateIsAsHttpWritesIt(long epochSecond, String text) {
        assertEquals(text, HttpDate.text(epochSecond));
    }

    @Test
    void theDateIsThatOfNow() {
        long before = Instant.now().getEpochSecond();
        Instant date = DateTimeFormatter.RFC_1123_DATE_TIME.parse(HttpDate.now(), Instant::from);
        long after = Instant.now().getEpochSecond();
        assertTrue(date.getEpochSecond() >= before && date.getEpochSecond() <= after);
    }

    @ParameterizedTest
    @EnumSource
    void aStatusIsFoundByItsNumber(Status status) {
        assertEquals(status, Status.of(status.code()));
    }

    @Test
    void withReplacesAHeaderAndLeavesTheOriginalAlone() {
        Response one = Response.empty(Status.OK).with("X-A", "1");
        Response two = one.with("X-A", "2");
        assertEquals("1", one.headers().get("X-A"));
        assertEquals("2", two.headers().get("X-A"));
    }

    @ParameterizedTest
    @EnumSource
    void eachStatusHasThreeDigitsAndAPhrase(Status status) {
        assertTrue(status.toString().matches("[2-5][0-9]{2} [A-Za-z ]+"), status::toString);
        assertTrue(status.toString().startsWith(Integer.toString(status.code())));
    }

    static List<Field> badRequests() {
        return Arrays.stream(BadRequest.class.getFields()).toList();
    }

    @ParameterizedTest
    @MethodSource("badRequests")
    void eachBadRequestIsAnsweredWithItsStatusAndAFixedText(Field constant) throws Exception {
        BadRequest bad = (BadRequest) constant.get(null);
        String answer = encode(Response.of(bad), true, Persistence.CLOSED);
        assertTrue(answer.startsWith("HTTP/1.1 " + bad.status() + "\r\n"), answer);
        assertTrue(answer.endsWith("\r\n\r\n" + bad.reason() + "\n"), answer);
        assertEquals(0, bad.getStackTrace().length);
    }

    @ParameterizedTest
    @CsvSource({
        "SYNTAX, 400",
        "TARGET, 400",
        "HOST, 400",
        "REPEATED, 400",
        "BODY, 400",
        "LENGTH, 400",
        "CHUNK, 400",
        "CODING, 501",
        "VERSION, 505",
        "TARGET_TOO_LONG, 414",
        "HEAD_TOO_LARGE, 431",
        "TOO_MANY_HEADERS, 431",
        "TOO_SLOW, 408",
    })
    void eachRuleHasItsStatus(String name, int status) throws Exception {
        BadRequest bad = (BadRequest) BadRequest.class.getField(name).get(null);
        assertEquals(status, bad.status().code());
    }
}

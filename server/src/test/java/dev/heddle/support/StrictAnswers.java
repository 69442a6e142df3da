package dev.heddle.support;

import java.io.IOException;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// HTTP/1.1 responses, read by the letter of RFC 9112; a body only ever comes with its length.
final class StrictAnswers {
    private static final int MAX_HEAD = 16 << 10;
    private static final Pattern STATUS_LINE = Pattern.compile("HTTP/1\\.1 ([1-5]\\d\\d) [ -~]*");
    private static final Pattern HEADER_LINE =
            Pattern.compile("([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*([\t -~]*)");

    private StrictAnswers() {}

    /// Reads one response to a request with this method.
    static HttpAnswer read(TimedInput in, String method) throws IOException {
        String[] lines = readHead(in).split("\r\n", -1);
        int status = Integer.parseInt(match(STATUS_LINE, lines[0]).group(1));
        List<HttpAnswer.Header> headers =
                Arrays.stream(lines).skip(1).map(StrictAnswers::header).toList();
        HttpAnswer head = new HttpAnswer(status, headers, "");
        boolean bodiless = status < 200 || status == 204 || status == 304 || method.equals("HEAD");
        byte[] body = in.readBytes(bodiless ? 0 : contentLength(head));
        return new HttpAnswer(status, headers, new String(body, StandardCharsets.ISO_8859_1));
    }

    private static String readHead(TimedInput in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n", head.length() - 4) < 0) {
            head.append((char) (in.readByte() & 0xff));
            if (head.length() > MAX_HEAD) {
                throw new ProtocolException("the head of the answer does not end");
            }
        }
        return head.substring(0, head.length() - 4);
    }

    private static HttpAnswer.Header header(String line) {
        Matcher parts = match(HEADER_LINE, line);
        return new HttpAnswer.Header(parts.group(1), parts.group(2).stripTrailing());
    }

    private static int contentLength(HttpAnswer head) throws ProtocolException {
        String value = head.header("Content-Length");
        if (!value.matches("\\d{1,7}")) {
            throw new ProtocolException("the answer does not say how long its body is: " + head);
        }
        return Integer.parseInt(value);
    }

    private static Matcher match(Pattern pattern, String line) {
        Matcher matcher = pattern.matcher(line);
        if (!matcher.matches()) {
            throw new AssertionError("not the line of an HTTP/1.1 response: \"" + line + "\"");
        }
        return matcher;
    }
}

package dev.heddle.api.http;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A form as `multipart/form-data` (RFC 7578): the texts in it. Files are passed over.
final class Multipart {
    static final String TYPE = "multipart/form-data";

    /// As Go has it.
    private static final int MAX_PARTS = 1_000;

    private static final Pattern BOUNDARY =
            Pattern.compile("(?i);\\s*boundary=(?:\"([^\"]{1,70})\"|([^\\s\";]{1,70}))");
    private static final Pattern NAME = parameter("name");
    private static final Pattern FILE = parameter("filename\\*?");

    private Multipart() {}

    private static Pattern parameter(String name) {
        String quotedOrNot = "(?:\"((?:[^\"\\\\]|\\\\.)*+)\"|([^\\s\";]*+))";
        String disposition = "(?im)^content-disposition:\\s*form-data\\b[^\\r\\n]*?;\\s*";
        return Pattern.compile(disposition + name + "=" + quotedOrNot);
    }

    /// Reads a form. Takes time in proportion to its length.
    ///
    /// @param body each character one byte
    /// @param contentType with the boundary
    /// @throws Refusal when it is none, or a text in it is not UTF-8
    static Parameters parse(String body, String contentType) throws Refusal {
        Matcher boundary = BOUNDARY.matcher(contentType);
        if (!boundary.find()) {
            throw Refusal.badRequest("multipart/form-data says its boundary");
        }
        String delimiter = "\r\n--" + either(boundary);
        String text = "\r\n" + body;
        int end = text.indexOf(delimiter);
        Map<String, String> values = new HashMap<>();
        for (int parts = 0; end >= 0 && !text.startsWith("--", end + delimiter.length()); parts++) {
            int start = end + delimiter.length();
            end = text.indexOf(delimiter, start);
            if (end < 0 || parts == MAX_PARTS) {
                throw Refusal.badRequest(
                        "the form has no end, or more than " + MAX_PARTS + " parts");
            }
            add(text.substring(start, end), values);
        }
        if (end < 0) {
            throw Refusal.badRequest("the form has not the boundary that was said");
        }
        return new Parameters(values);
    }

    private static void add(String part, Map<String, String> values) throws Refusal {
        int headEnd = part.indexOf("\r\n\r\n");
        String head = headEnd < 0 ? "" : part.substring(0, headEnd);
        Matcher name = NAME.matcher(head);
        if (name.find() && !FILE.matcher(head).find()) {
            String key = utf8(either(name).replaceAll("\\\\(.)", "$1"));
            values.putIfAbsent(key, utf8(part.substring(headEnd + 4)));
        }
    }

    private static String either(Matcher found) {
        return found.group(1) == null ? found.group(2) : found.group(1);
    }

    private static String utf8(String bytes) throws Refusal {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.getBytes(StandardCharsets.ISO_8859_1)))
                    .toString();
        } catch (CharacterCodingException malformed) {
            throw Refusal.badRequest("a parameter is not UTF-8");
        }
    }
}

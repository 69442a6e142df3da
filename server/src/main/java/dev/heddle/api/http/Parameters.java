package dev.heddle.api.http;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Named texts from a query or from a form (`application/x-www-form-urlencoded`, of the URL
/// standard): UTF-8, percent-encoded, with `+` for a space. Of a name that comes twice the first
/// counts.
///
/// @param values by name
public record Parameters(Map<String, String> values) {
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");

    static final Parameters NONE = new Parameters(Map.of());

    public Parameters {
        values = Map.copyOf(values);
    }

    /// Reads a query or a form.
    ///
    /// @param encoded each character one byte
    /// @throws Refusal when something is not percent-encoded UTF-8
    static Parameters parse(String encoded) throws Refusal {
        Map<String, String> values = new HashMap<>();
        for (Map.Entry<String, String> pair : pairs(encoded)) {
            values.putIfAbsent(pair.getKey(), pair.getValue());
        }
        return new Parameters(values);
    }

    /// Reads a query or a form in which a name may come more than once.
    ///
    /// @param encoded each character one byte
    /// @throws Refusal when something is not percent-encoded UTF-8
    static List<Map.Entry<String, String>> pairs(String encoded) throws Refusal {
        List<Map.Entry<String, String>> pairs = new ArrayList<>();
        for (String pair : encoded.split("&", -1)) {
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                String name = equals < 0 ? pair : pair.substring(0, equals);
                String value = equals < 0 ? "" : pair.substring(equals + 1);
                pairs.add(Map.entry(decode(name, true), decode(value, true)));
            }
        }
        return pairs;
    }

    /// Decodes percent-encoded UTF-8.
    ///
    /// @param encoded each character one byte
    /// @param isForm whether `+` stands for a space
    /// @throws Refusal when it is not percent-encoded UTF-8
    static String decode(String encoded, boolean isForm) throws Refusal {
        byte[] bytes = new byte[encoded.length()];
        int count = 0;
        for (int i = 0; i < encoded.length(); i++) {
            char character = encoded.charAt(i);
            if (character == '%') {
                bytes[count++] = (byte) octet(encoded, i + 1);
                i += 2;
            } else {
                bytes[count++] = (byte) (character == '+' && isForm ? ' ' : character);
            }
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, 0, count))
                    .toString();
        } catch (CharacterCodingException malformed) {
            throw Refusal.badRequest("a parameter is not UTF-8");
        }
    }

    private static int octet(String encoded, int at) throws Refusal {
        int high = at + 1 < encoded.length() ? Character.digit(encoded.charAt(at), 16) : -1;
        int low = at + 1 < encoded.length() ? Character.digit(encoded.charAt(at + 1), 16) : -1;
        if (high < 0 || low < 0) {
            throw Refusal.badRequest("a parameter has a % without two hexadecimal digits");
        }
        return high << 4 | low;
    }

    /// These parameters, and those of the others whose names these do not have.
    Parameters or(Parameters others) {
        Map<String, String> all = new HashMap<>(others.values);
        all.putAll(values);
        return new Parameters(all);
    }

    public boolean has(String name) {
        return values.containsKey(name);
    }

    public Optional<String> find(String name) {
        return Optional.ofNullable(values.get(name));
    }

    /// A whole number of at most nine digits.
    ///
    /// @param usual what it is when there is none
    /// @throws Refusal when it is none, or more than there may be
    public int number(String name, int usual, int most) throws Refusal {
        String text = values.get(name);
        if (text == null) {
            return usual;
        }
        if (!NUMBER.matcher(text).matches() || Integer.parseInt(text) > most) {
            throw Refusal.badRequest(name + " is a whole number from 0 to " + most);
        }
        return Integer.parseInt(text);
    }
}

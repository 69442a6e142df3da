package dev.heddle.broker.redis;

import java.util.ArrayList;
import java.util.List;

/// A list of texts as one text: each after its length.
final class Words {
    private Words() {}

    static String encode(List<String> words) {
        StringBuilder text = new StringBuilder();
        words.forEach(word -> text.append(word.length()).append(' ').append(word));
        return text.toString();
    }

    /// @throws RuntimeException if it is none
    static List<String> decode(String text) {
        List<String> words = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            int space = text.indexOf(' ', at);
            int end = space + 1 + Integer.parseInt(text.substring(at, space));
            words.add(text.substring(space + 1, end));
            at = end;
        }
        return words;
    }
}

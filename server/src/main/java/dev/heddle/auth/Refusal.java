package dev.heddle.auth;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// Why a token is not believed. None of the words repeats what is in the token.
public enum Refusal {
    MISSING("a token is needed"),
    TOO_LONG("the token is too long"),
    MALFORMED("the token is no JSON Web Token"),
    ALGORITHM("the token's algorithm is not accepted"),
    TYPE("the token is made for something else"),
    KEYS_UNAVAILABLE("tokens cannot be verified now"),
    UNKNOWN_KEY("the token is signed with an unknown key"),
    SIGNATURE("the token's signature is wrong"),
    CLAIMS("a claim of the token is malformed"),
    NO_EXPIRY("the token never expires"),
    EXPIRED("the token has expired"),
    NOT_YET_VALID("the token is not valid yet"),
    AUDIENCE("the token is for another audience"),
    ISSUER("the token is of another issuer"),
    NO_SUBJECT("the token names no user"),
    OTHER_USER("the token is another user's"),
    NO_ROOM("the token allows no room");

    private final String words;

    Refusal(String words) {
        this.words = words;
    }

    /// The labels of all.
    static List<String> labels() {
        return Stream.of(values()).map(Refusal::label).toList();
    }

    /// The words of all.
    static List<String> allWords() {
        return Stream.of(values()).map(Refusal::words).toList();
    }

    /// Why, in words for the client.
    public String words() {
        return words;
    }

    /// Why, as the label of a counter.
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}

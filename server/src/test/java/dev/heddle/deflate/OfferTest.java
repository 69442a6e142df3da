package dev.heddle.deflate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.util.Optional;

/// The negotiation table: which offers are accepted, with which answer; `-` is no answer.
class OfferTest {
    private static final String P = "permessage-deflate";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "P | P",
                "P; server_no_context_takeover | P; server_no_context_takeover",
                "P; client_no_context_takeover | P; client_no_context_takeover",
                "P; client_no_context_takeover; server_no_context_takeover"
                        + "| P; server_no_context_takeover; client_no_context_takeover",
                "P; server_max_window_bits=15 | P; server_max_window_bits=15",
                "P; server_max_window_bits=12 | P; server_max_window_bits=12",
                "P; server_max_window_bits=9 | P; server_max_window_bits=9",
                "P; server_max_window_bits=\"10\" | P; server_max_window_bits=10",
                "P; server_max_window_bits=8 | -",
                "P; server_max_window_bits=7 | -",
                "P; server_max_window_bits=16 | -",
                "P; server_max_window_bits=09 | -",
                "P; server_max_window_bits=+9 | -",
                "P; server_max_window_bits=-9 | -",
                "P; server_max_window_bits= | -",
                "P; server_max_window_bits=\"\" | -",
                "P; server_max_window_bits=\"9 | -",
                "P; server_max_window_bits | -",
                "P; client_max_window_bits | P; client_max_window_bits=12",
                "P; client_max_window_bits=15 | P; client_max_window_bits=12",
                "P; client_max_window_bits=9 | P; client_max_window_bits=9",
                "P; client_max_window_bits=8 | P; client_max_window_bits=8",
                "P; client_max_window_bits=7 | -",
                "P; client_max_window_bits=16 | -",
                "P; client_max_window_bits= | -",
                "P; server_no_context_takeover=true | -",
                "P; client_no_context_takeover=1 | -",
                "P; unknown=1 | -",
                "P; unknown | -",
                "P; | -",
                "P;; server_no_context_takeover | -",
                "P; server_no_context_takeover; server_no_context_takeover | -",
                "P; client_max_window_bits; client_max_window_bits=10 | -",
                "P; server_max_window_bits=9; server_max_window_bits=9 | -",
                "P, P; server_max_window_bits=9 | P",
                "P; unknown, P; server_max_window_bits=9, P | P; server_max_window_bits=9",
                "P; server_max_window_bits=16, P; client_max_window_bits | P;"
                        + " client_max_window_bits=12",
                "permessage-foo, P | P",
                "permessage-foo; x=\"a, P; b\", P; server_no_context_takeover"
                        + "| P; server_no_context_takeover",
                "permessage-foo; x=\"\\\", P | -",
                "permessage-foo | -",
                "PERMESSAGE-DEFLATE | -",
                "x-webkit-deflate-frame | -",
                "constructor, ;; | -",
                ",,, | -",
                ",, P ,, | P",
                "'' | -",
            })
    void answers(String offers, String answer) {
        assertEquals(
                answer.replaceAll("\\bP\\b", P),
                Offer.firstAcceptable(offers.replaceAll("\\bP\\b", P))
                        .map(Offer::answer)
                        .orElse("-"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "permessage-deflate | 15 | 15",
                "permessage-deflate; server_max_window_bits=9 | 9 | 15",
                "permessage-deflate; client_max_window_bits | 15 | 12",
                "permessage-deflate; client_max_window_bits=10 | 15 | 10",
            })
    void agrees(String offer, int serverBits, int clientBits) {
        assertEquals(
                Optional.of(new Agreement(serverBits, clientBits)),
                Offer.firstAcceptable(offer).map(Offer::agreement));
    }

    @Test
    void aLongHeaderTakesTimeInProportion() {
        String offers = (P + "; a=\"" + "\\\"".repeat(100) + "\",").repeat(5_000);
        assertTimeoutPreemptively(
                Duration.ofMinutes(1),
                () -> assertEquals(Optional.empty(), Offer.firstAcceptable(offers)));
    }
}

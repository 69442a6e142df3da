package dev.heddle.auth;

import static dev.heddle.auth.TestTokens.EXPIRY;
import static dev.heddle.auth.TestTokens.SECRET;
import static dev.heddle.auth.TestTokens.alice;
import static dev.heddle.auth.TestTokens.assertRefused;
import static dev.heddle.auth.TestTokens.verifier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.heddle.auth.Verdict.Accepted;
import dev.heddle.auth.Verdict.Refused;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What a token says that is signed as it must be.
class TokenClaimsTest {
    /// The clock stands at 1777896000; tokens live from and until 30 seconds around it.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "                                                      | NO_SUBJECT",
                "\"sub\":\"\"                                          | NO_SUBJECT",
                "\"sub\":null                                          | NO_SUBJECT",
                "\"sub\":7                                             | CLAIMS",
                "\"sub\":\"bob\"                                       | OTHER_USER",
                "\"sub\":\"Alice\"                                     | OTHER_USER",
                "\"sub\":\"alice\\u0000\"                              | OTHER_USER",
                "\"sub\":\"alice\",\"exp\":1777895970                  | EXPIRED",
                "\"sub\":\"alice\",\"exp\":1777895970.9                | EXPIRED",
                "\"sub\":\"alice\",\"exp\":0                           | EXPIRED",
                "\"sub\":\"alice\",\"exp\":-1e300                      | EXPIRED",
                "\"sub\":\"alice\",\"exp\":\"1777896060\"              | CLAIMS",
                "\"sub\":\"alice\",\"exp\":null                        | CLAIMS",
                "\"sub\":\"alice\",\"exp\":true                        | CLAIMS",
                "\"sub\":\"alice\",\"nbf\":1777896031                  | NOT_YET_VALID",
                "\"sub\":\"alice\",\"nbf\":9223372036854775807         | NOT_YET_VALID",
                "\"sub\":\"alice\",\"nbf\":1e300                       | NOT_YET_VALID",
                "\"sub\":\"alice\",\"nbf\":\"soon\"                    | CLAIMS",
                "\"sub\":\"alice\",\"appIDs\":[]                       | NO_ROOM",
                "\"sub\":\"alice\",\"appIDs\":101                      | CLAIMS",
                "\"sub\":\"alice\",\"channels\":\"news\"               | CLAIMS",
                "\"sub\":\"alice\",\"channels\":[1]                  | CLAIMS",
                "\"sub\":\"alice\",\"channels\":[\"\"]               | CLAIMS",
                "\"sub\":\"alice\",\"info\":\"text\"                   | CLAIMS",
                "\"sub\":\"alice\",\"info\":[1]                      | CLAIMS",
                "\"sub\":\"alice\",\"info\":{\"a\":\"\\ud800\"}          | CLAIMS",
                "\"sub\":\"alice\",\"channels\":[\"\\ud800\"]         | CLAIMS",
                "\"sub\":\"alice\",\"appIDs\":null                     | CLAIMS",
                "\"sub\":\"alice\",\"appIDs\":[1.5]                    | CLAIMS",
                "\"sub\":\"alice\",\"appIDs\":[\"all\"]                | CLAIMS",
                "\"sub\":\"alice\",\"appIDs\":[4294967397]             | CLAIMS",
                "\"sub\":\"alice\",\"appIDs\":[[101]]                  | CLAIMS",
                "\"sub\":\"alice\",\"aud\":7                           | CLAIMS",
                "\"sub\":\"alice\",\"iss\":7                           | CLAIMS",
            })
    void refusesForWhatATokenSays(String members, Refusal reason) throws Exception {
        try (TokenVerifier verifier = verifier()) {
            assertEquals(
                    new Refused(reason), verifier.verify(SECRET.token(claims(members)), "alice"));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"exp\":1777895971                                    | 2026-05-04T12:00:01Z",
                "\"exp\":1777896060.5                                  | 2026-05-04T12:01:30Z",
                "\"exp\":9223372036854775807                           | +10000-01-01T00:00:29Z",
                "\"exp\":1e300                                         | +10000-01-01T00:00:29Z",
                "\"exp\":1777896060,\"nbf\":1777896030                 | 2026-05-04T12:01:30Z",
                "\"exp\":1777896060,\"aud\":[\"a\",\"b\"],\"iss\":\"c\"   | 2026-05-04T12:01:30Z",
                "\"exp\":1777896060,\"other\":{\"a\":[1]}              | 2026-05-04T12:01:30Z",
            })
    void believesForAsLongAsATokenSays(String members, Instant until) throws Exception {
        String claims = "{\"sub\":\"alice\"," + members + '}';
        try (TokenVerifier verifier = verifier()) {
            assertEquals(alice(Optional.of(until)), verifier.verify(SECRET.token(claims), "alice"));
        }
    }

    @Test
    void aTokenThatNeverExpiresIsRefusedUnlessTheSettingsSaySo() throws Exception {
        String token = SECRET.token("{\"sub\":\"alice\"}");
        try (TokenVerifier verifier = verifier()) {
            assertRefused(Refusal.NO_EXPIRY, verifier, token);
        }
        try (TokenVerifier verifier = verifier("REQUIRE_EXPIRY", "false")) {
            assertEquals(alice(Optional.empty()), verifier.verify(token, ""));
        }
    }

    @Test
    void namesChannelsAndWhatOthersMayKnow() throws Exception {
        String claims =
                "{\"sub\":\"alice\",\"exp\":2000000000,\"channels\":[\"news\",\"user:alice\"],"
                        + "\"info\":{\"name\":\"Alice\"}}";
        try (TokenVerifier verifier = verifier()) {
            Accepted accepted =
                    assertInstanceOf(
                            Accepted.class, verifier.verify(SECRET.token(claims), "alice"));
            assertEquals(List.of("news", "user:alice"), accepted.channels());
            assertEquals(Optional.of("{\"name\":\"Alice\"}"), accepted.info());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[101]          | 101",
                "[101,102,101]  | 101,102",
                "[\"101\"]      | 101",
            })
    void allowsTheRoomsThatATokenNames(String list, String rooms) throws Exception {
        String token = SECRET.token(claims("\"sub\":\"alice\",\"appIDs\":" + list));
        try (TokenVerifier verifier = verifier()) {
            Accepted accepted = assertInstanceOf(Accepted.class, verifier.verify(token, "alice"));
            assertEquals("[" + rooms.replace(",", ", ") + "]", sorted(accepted.rooms()));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"aud\":\"chat\",\"iss\":\"idp\"             |",
                "\"aud\":[\"x\",\"web\"],\"iss\":\"idp\"      |",
                "\"iss\":\"idp\"                              | AUDIENCE",
                "\"aud\":[],\"iss\":\"idp\"                   | AUDIENCE",
                "\"aud\":\"chats\",\"iss\":\"idp\"            | AUDIENCE",
                "\"aud\":\"chat,web\",\"iss\":\"idp\"         | AUDIENCE",
                "\"aud\":\"chat\"                             | ISSUER",
                "\"aud\":\"chat\",\"iss\":\"\"                | ISSUER",
                "\"aud\":\"chat\",\"iss\":\"IDP\"             | ISSUER",
            })
    void audienceAndIssuerMatterWhereTheSettingsNameThem(String members, Refusal reason)
            throws Exception {
        String token = SECRET.token(claims("\"sub\":\"alice\"," + members));
        try (TokenVerifier verifier = verifier("AUDIENCE", "chat,web", "ISSUER", "idp")) {
            if (reason == null) {
                assertInstanceOf(Accepted.class, verifier.verify(token, "alice"));
            } else {
                assertRefused(reason, verifier, token);
            }
        }
    }

    private static String claims(String members) {
        String given = members == null ? "" : members;
        String expiry = given.contains("\"exp\"") ? "" : "\"exp\":" + EXPIRY;
        String comma = given.isEmpty() || expiry.isEmpty() ? "" : ",";
        return '{' + given + comma + expiry + '}';
    }

    private static String sorted(Set<Integer> rooms) {
        return rooms.stream().sorted().toList().toString();
    }
}

package dev.heddle.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.config.Configuration.Flag;
import dev.heddle.config.Configuration.Reading;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

class TokenSettingsTest {
    private static final String SECRET = "0123456789abcdefghijklmnopqrstuv";

    @Test
    void loginIsOpenUntilThereIsAKey() {
        assertTrue(Settings.defaults().token().isOpen());
        assertFalse(
                good(read("", Map.of("HEDDLE_TOKEN_SECRET", SECRET))).settings().token().isOpen());
        assertFalse(good(set("token.jwks-url", "https://a")).settings().token().isOpen());
    }

    @ParameterizedTest
    @CsvSource({
        "HEDDLE_TOKEN_SECRET, 0123456789abcdefghijklmnopqrstuv, token.secret",
        "HEDDLE_TOKEN_KEY, -----BEGIN PUBLIC KEY-----0123456789ab, token.key",
    })
    void whatIsSecretIsNeverShown(String variable, String text, String name) {
        Configuration configuration = good(read("", Map.of(variable, text)));
        String printed = String.join("\n", configuration.lines());
        assertTrue(printed.contains("# " + name + ": (secret)"), printed);
        assertFalse(printed.contains("0123456789ab"), printed);
        assertFalse(configuration.settings().toString().contains("0123456789ab"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "HEDDLE_TOKEN_SECRET | 0123456789abcdefghijklmnopqrstu",
                "HEDDLE_TOKEN_SECRET | -----BEGIN PUBLIC KEY----- 0123456789abcdef",
                "HEDDLE_TOKEN_SECRET | {\"kty\": \"oct\", \"k\": \"0123456789abcdef\"}",
                "HEDDLE_TOKEN_KEY | 0123456789abcdefghijklmnopqrstuv",
            })
    void aSecretThatIsNoneIsRefusedAndNotShown(String variable, String text) {
        assertEquals(
                List.of(
                        variable
                                + ": "
                                + SettingNames.findVariable(variable).orElseThrow().name()
                                + " cannot be (secret); it takes "),
                faults(read("", Map.of(variable, text))).stream()
                        .map(fault -> fault.replaceFirst("(?<=it takes ).*", ""))
                        .toList());
    }

    static List<Arguments> unseen() {
        return List.of(
                Arguments.of(SECRET + "\n", "ends with a line end"),
                Arguments.of(SECRET + "\r\n", "ends with a line end"),
                Arguments.of(SECRET + "\r", "ends with a line end"),
                Arguments.of(SECRET + " ", "has white space around it"),
                Arguments.of("\t" + SECRET, "has white space around it"),
                Arguments.of("\uFEFF" + SECRET, "begins with a byte order mark"),
                Arguments.of(
                        SECRET + "\n" + SECRET,
                        "has a line end or another control character in it"));
    }

    @ParameterizedTest
    @MethodSource("unseen")
    void aSecretWithWhatNobodySeesIsRefusedInWords(String secret, String words) {
        for (String variable : List.of("HEDDLE_TOKEN_SECRET", "HEDDLE_INTERNAL_API_KEY")) {
            List<String> faults = faults(read("", Map.of(variable, secret)));
            assertEquals(1, faults.size());
            assertTrue(faults.getFirst().endsWith("; this one " + words), faults::toString);
            assertFalse(faults.getFirst().contains(SECRET), faults::toString);
        }
        String yaml = "token:\n  secret: |\n    " + SECRET + "\n";
        assertTrue(faults(read(yaml, Map.of())).getFirst().endsWith("ends with a line end"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://idp.example/jwks.json",
                "HTTPS://idp.example:8443/a?b=c",
                "http://localhost:8080/jwks",
                "http://127.0.0.1/jwks",
                "http://[::1]:1/jwks",
            })
    void keysMayComeFromWhereNobodyElseCanChangeThem(String url) {
        assertEquals(url, good(set("token.jwks-url", url)).settings().token().keys().jwksUrl());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://idp.example/jwks.json",
                "http://127.0.0.1.example/jwks",
                "https://user:password@idp.example/jwks",
                "https://idp.example/#jwks",
                "https://",
                "idp.example",
                "file:///etc/passwd",
                "https://idp.example/ jwks",
            })
    void keysMayNotComeFromElsewhere(String url) {
        String fault = faults(set("token.jwks-url", url)).getFirst();
        assertTrue(fault.contains("it takes an https:// address, or http:// on this"), fault);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0s", "5m"})
    void clocksMayBeAFewMinutesApart(String leeway) {
        good(set("token.leeway", leeway));
    }

    @ParameterizedTest
    @ValueSource(strings = {"301s", "1h", "-1s"})
    void clocksMayNotBeFurtherApart(String leeway) {
        String fault = faults(set("token.leeway", leeway)).getFirst();
        assertTrue(fault.endsWith("it takes a duration in ms, s, m or h, up to 5m"), fault);
    }

    @Test
    void keysComeFromOnePlace() {
        Reading reading =
                read(
                        "token.key-file: k.pem\n",
                        Map.of("HEDDLE_TOKEN_SECRET", SECRET),
                        new Flag("--set", "token.jwks-url", "https://a"));
        assertEquals(
                List.of(
                        "heddle.yaml:1: token.key-file (k.pem) cannot be beside token.secret"
                                + " ((secret))",
                        "--set: token.jwks-url (\"https://a\") cannot be beside token.secret"
                                + " ((secret))"),
                faults(reading));
        assertThrows(
                IllegalArgumentException.class,
                () ->
                        new TokenSettings.KeyPlace(
                                new Secret(SECRET), "a file", Secret.NONE, "", ""));
    }

    @TempDir private Path folder;

    private Reading set(String name, String text) {
        return read("", Map.of(), new Flag("--set", name, text));
    }

    private Reading read(String yaml, Map<String, String> environment, Flag... flags) {
        Path file = folder.resolve("heddle.yaml");
        try {
            Files.writeString(file, yaml);
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
        return Configuration.read(Optional.of(file), environment, List.of(flags));
    }

    private static Configuration good(Reading reading) {
        return assertInstanceOf(Reading.Good.class, reading, reading::toString).configuration();
    }

    private List<String> faults(Reading reading) {
        return assertInstanceOf(Reading.Faulty.class, reading).faults().stream()
                .map(fault -> fault.replace(folder + "/", ""))
                .toList();
    }
}

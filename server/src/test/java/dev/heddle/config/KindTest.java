package dev.heddle.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

class KindTest {

    /// Each row: a setting, a text, whether the setting takes it.
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '\'',
            value = {
                "port, 0, true",
                "port, 65535, true",
                "port, 65536, false",
                "port, -1, false",
                "port, 0x50, false",
                "port, 99999999999999999999, false",
                "port, http, false",
                "port, '', false",
                "limits.headers, 1, true",
                "limits.headers, 0, false",
                "limits.connections, 0, true",
                "limits.head-bytes, 511, false",
                "limits.head-bytes, 512, true",
                "limits.head-bytes, 16KiB, true",
                "limits.head-bytes, 16385, false",
                "ws.frame-bytes, 1GiB, true",
                "ws.frame-bytes, 1073741825, false",
                "ws.frame-bytes, 0, false",
                "limits.unfinished-bytes, 64GiB, true",
                "deadlines.head, 1ms, true",
                "deadlines.head, 24h, true",
                "deadlines.head, 86401s, false",
                "deadlines.head, 0s, false",
                "deadlines.idle, 0s, true",
                "deadlines.idle, 0, false",
                "deadlines.ping-interval, 0ms, true",
                "diagnostics, true, true",
                "diagnostics, false, true",
                "diagnostics, TRUE, false",
                "diagnostics, yes, false",
                "diagnostics, 1, false",
                "host, 0.0.0.0, true",
                "host, '::', true",
                "host, fe80::1%eth0, true",
                "host, chat.example.com, true",
                "host, '[::1]', false",
                "host, '', false",
                "host, 'a b', false",
                "host, https://a, false",
                "host, b\u00fccher.example, false",
                "acc.message-bytes, 256, true",
                "acc.message-bytes, 255, false",
                "acc.frame-bytes, 256, true",
                "acc.frame-bytes, 1, false",
                "ws.message-bytes, 1, true",
                "allow-host, '', true",
                "allow-host, 'chat.example.com, 10.0.0.5, ::1', true",
                "allow-host, '::ffff:10.0.0.5', true",
                "allow-host, ':::', false",
                "allow-host, 'chat.example.com, :', false",
                "allow-host, '1:2', false",
                "allow-host, 'cafe:8080', false",
                "internal.api-key, '', true",
                "internal.api-key, 0123456789abcdef, true",
                "internal.api-key, 0123456789abcde, false",
                "internal.api-key, 0123456789 abcdef, false",
                "internal.api-key, 0123456789abcd\u00fcf, false",
            })
    void takesOrRefuses(String name, String text, boolean isTaken) {
        assertEquals(isTaken, SettingNames.find(name).orElseThrow().takes(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "https://example.com",
                "http://example.com:8080",
                "https://example.com:80",
                "http://localhost:3000,http://127.0.0.1:3000",
                "https://a.example, https://b.example",
                "https://xn--bcher-kva.example",
                "http://my_host",
                "http://[::1]:8080",
                "chrome-extension://abcdefghijklmnop",
                "null",
                "*",
            })
    void takesOriginsAsBrowsersSendThem(String text) {
        assertTrue(SettingsTable.ALLOW_ORIGIN.takes(text));
    }

    /// Each row: what somebody wrote, and what a browser would send, if anything.
    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "https://Example.com https://example.com",
                "HTTPS://example.com https://example.com",
                "https://example.com/ https://example.com",
                "https://example.com/chat?x#y https://example.com",
                "https://example.com:443 https://example.com",
                "http://example.com:80 http://example.com",
                "http://example.com:08080 http://example.com:8080",
                "https://example.com: https://example.com",
                "wss://example.com https://example.com",
                "ws://example.com:8080/ws http://example.com:8080",
                "https://user@example.com https://example.com",
                "http://[::A] http://[::a]",
                "https://* -",
                "https://*.example.com -",
                "example.com -",
                "//example.com -",
                "https:// -",
                "https:///chat -",
                "file:///tmp/page.html -",
                "https://example.com:99999 -",
                "https://b\u00fccher.example -",
                "https://example..com -",
                "https://a.example,,https://b.example https://a.example,https://b.example",
                "https://a.example;https://b.example -",
            })
    void refusesWhatNoBrowserSendsAndSaysWhatItWould(String text, String meant) {
        assertFalse(SettingsTable.ALLOW_ORIGIN.takes(text));
        String hint =
                meant.equals("-") ? "https://example.com:8443" : "; did you mean " + meant + "?";
        String refusal = SettingsTable.ALLOW_ORIGIN.refusal(text);
        assertTrue(refusal.endsWith(hint), refusal);
    }

    @Test
    void readsTheValueThatTheTextSays() {
        assertEquals(Optional.of(8080), SettingsTable.PORT.kind().parse("8080"));
        assertEquals(Optional.of(65536L), SettingsTable.HUB_BYTES.kind().parse("64KiB"));
        assertEquals(Optional.of(Duration.ofSeconds(25)), SettingsTable.HEAD.kind().parse("25s"));
        assertEquals(
                Optional.of(List.of("https://a.example", "https://b.example")),
                SettingsTable.ALLOW_ORIGIN.kind().parse("https://a.example, https://b.example"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "port | x | port cannot be \"x\"; it takes a whole number from 0 to 65535",
                "limits.head-bytes | 8KB | limits.head-bytes cannot be \"8KB\";"
                        + " it takes a size in B, KiB, MiB or GiB, from 512B to 16KiB",
                "deadlines.head | 10 | deadlines.head cannot be \"10\";"
                        + " it takes a duration in ms, s, m or h, from 1ms to 24h",
                "deadlines.idle | never | deadlines.idle cannot be \"never\";"
                        + " it takes a duration in ms, s, m or h, from 1ms to 24h, or 0s for off",
                "diagnostics | on | diagnostics cannot be \"on\"; it takes true or false",
            })
    void saysWhatItWouldTake(String name, String text, String refusal) {
        assertEquals(refusal, SettingNames.find(name).orElseThrow().refusal(text));
    }
}

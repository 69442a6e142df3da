package dev.heddle.bench.jmh;

import dev.heddle.config.Settings;
import dev.heddle.outbox.OutboxContext;
import dev.heddle.outbox.QueuedBytes;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.atomic.LongAdder;

/// What the benchmarks read: heads, texts and frames as clients send them.
final class Samples {
    static final int TEXT = 1;
    static final int BINARY = 2;

    private static final int MASKING_KEY = 0x5A3C_96E1;

    private Samples() {}

    /// Those of an outbox on `/ws`, unless a setting says otherwise.
    static OutboxContext.Bounds bounds() {
        Settings settings = Settings.defaults();
        return new OutboxContext.Bounds(
                settings.endpoints().ws().limits().maxOutboxMessages(),
                settings.endpoints().ws().limits().maxOutboxBytes(),
                500,
                settings.sending(),
                new QueuedBytes(Long.MAX_VALUE, new LongAdder()));
    }

    /// An opening handshake.
    ///
    /// @param browser whether it is as long as a browser's, or has only what the RFC wants
    static byte[] handshake(boolean browser) {
        String needed =
                """
                GET /ws HTTP/1.1
                Host: chat.example.com:8080
                Upgrade: websocket
                Connection: Upgrade
                Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==
                Sec-WebSocket-Version: 13
                """;
        String usual =
                """
                Pragma: no-cache
                Cache-Control: no-cache
                User-Agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) \
                Chrome/142.0.0.0 Safari/537.36
                Origin: http://chat.example.com:8080
                Accept-Encoding: gzip, deflate
                Accept-Language: de-DE,de;q=0.9,en-US;q=0.8,en;q=0.7
                Cookie: session=0123456789abcdef0123456789abcdef; theme=dark
                Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits
                """;
        String head = needed + (browser ? usual : "") + "\n";
        return head.replace("\n", "\r\n").getBytes(StandardCharsets.US_ASCII);
    }

    /// A text of exactly so many bytes of UTF-8.
    ///
    /// @param ascii whether each of them is one character
    static byte[] text(int bytes, boolean ascii) {
        String words = ascii ? "the quick brown fox " : "schöne Grüße, 你好 🙂 and some English, ";
        byte[] some = words.getBytes(StandardCharsets.UTF_8);
        byte[] text = new byte[bytes];
        int at = 0;
        for (; at + some.length <= bytes; at += some.length) {
            System.arraycopy(some, 0, text, at, some.length);
        }
        Arrays.fill(text, at, bytes, (byte) '.');
        return text;
    }

    /// A client's whole message in one frame, masked.
    static byte[] frame(int opcode, byte[] payload) {
        int lengthBytes = payload.length > 0xFFFF ? 8 : payload.length > 125 ? 2 : 0;
        byte[] frame = new byte[2 + lengthBytes + 4 + payload.length];
        frame[0] = (byte) (0x80 | opcode);
        int length = lengthBytes == 0 ? payload.length : lengthBytes == 2 ? 126 : 127;
        frame[1] = (byte) (0x80 | length);
        for (int i = 0; i < lengthBytes; i++) {
            frame[2 + i] = (byte) ((long) payload.length >> 8 * (lengthBytes - 1 - i));
        }
        for (int i = 0; i < 4; i++) {
            frame[2 + lengthBytes + i] = (byte) (MASKING_KEY >> 8 * i);
        }
        for (int i = 0; i < payload.length; i++) {
            frame[6 + lengthBytes + i] = (byte) (payload[i] ^ MASKING_KEY >> 8 * (i & 3));
        }
        return frame;
    }

    /// A stream that brings the same bytes with each read, for ever.
    static final class Endless extends InputStream {
        private final byte[] bytes;

        Endless(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public int available() {
            return bytes.length;
        }

        @Override
        public int read() {
            throw new UnsupportedOperationException("nobody reads single bytes");
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            System.arraycopy(bytes, 0, into, offset, bytes.length);
            return bytes.length;
        }
    }
}

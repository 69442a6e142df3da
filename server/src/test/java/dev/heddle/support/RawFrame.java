package dev.heddle.support;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/// One WebSocket frame as a test wants it on the wire, right or wrong (RFC 6455 section 5.2).
/// Immutable: each method that changes something gives a copy.
///
/// By default a frame is final, has no reserved bits, the shortest length form, and is masked when
/// it is encoded, as a client must.
public final class RawFrame {
    /// Opcodes of RFC 6455 section 5.2.
    public static final int CONTINUATION = 0, TEXT = 1, BINARY = 2, CLOSE = 8, PING = 9, PONG = 10;

    /// The masking key of RFC 6455's own examples: fixed, so that a failure's bytes compare.
    private static final byte[] KEY = {0x37, (byte) 0xfa, 0x21, 0x3d};

    private static final String[] NAMES = {"C", "T", "B", "", "", "", "", "", "CL", "PI", "PO"};

    private final boolean fin;
    private final int rsv;
    private final int opcode;
    private final byte[] payload;
    private final Oddity oddity;

    /// How the encoding departs from the rules: `lengthBytes` 0 (the shortest form), 2 or 8;
    /// `declared` -1 (the truth) or any 64 bits.
    private record Oddity(boolean masked, int lengthBytes, long declared) {
        static final Oddity NONE = new Oddity(true, 0, -1);
    }

    private RawFrame(boolean fin, int rsv, int opcode, byte[] payload, Oddity oddity) {
        this.fin = fin;
        this.rsv = rsv;
        this.opcode = opcode;
        this.payload = payload;
        this.oddity = oddity;
    }

    /// A final frame of any opcode, 0 to 15. The array is not copied.
    public static RawFrame of(int opcode, byte... payload) {
        return new RawFrame(true, 0, opcode & 15, payload, Oddity.NONE);
    }

    public static RawFrame text(String text) {
        return of(TEXT, text.getBytes(StandardCharsets.UTF_8));
    }

    public static RawFrame binary(byte... payload) {
        return of(BINARY, payload);
    }

    public static RawFrame ping(String text) {
        return of(PING, text.getBytes(StandardCharsets.UTF_8));
    }

    /// A close frame; code -1 makes an empty one.
    public static RawFrame close(int code, String reason) {
        byte[] text = reason.getBytes(StandardCharsets.UTF_8);
        ByteBuffer body = ByteBuffer.allocate(code < 0 ? 0 : 2 + text.length);
        if (code >= 0) {
            body.putShort((short) code).put(text);
        }
        return of(CLOSE, body.array());
    }

    /// FIN 0: more fragments follow.
    public RawFrame unfinished() {
        return new RawFrame(false, rsv, opcode, payload, oddity);
    }

    /// The three reserved bits as one number: 4 is RSV1, 2 is RSV2, 1 is RSV3.
    public RawFrame rsv(int bits) {
        return new RawFrame(fin, bits & 7, opcode, payload, oddity);
    }

    public RawFrame unmasked() {
        Oddity odd = new Oddity(false, oddity.lengthBytes, oddity.declared);
        return new RawFrame(fin, rsv, opcode, payload, odd);
    }

    /// The extended length form of 2 or 8 bytes, whether the payload needs it or not.
    public RawFrame lengthBytes(int bytes) {
        Oddity odd = new Oddity(oddity.masked, bytes, oddity.declared);
        return new RawFrame(fin, rsv, opcode, payload, odd);
    }

    /// Claims a payload length that is not the one of what is sent; all 64 bits are taken as they
    /// are.
    public RawFrame declaring(long length) {
        return new RawFrame(
                fin, rsv, opcode, payload, new Oddity(oddity.masked, oddity.lengthBytes, length));
    }

    public boolean fin() {
        return fin;
    }

    public int reservedBits() {
        return rsv;
    }

    public int opcode() {
        return opcode;
    }

    /// The payload itself, not a copy.
    public byte[] payload() {
        return payload;
    }

    /// The payload as text; an `AssertionError` when it is not UTF-8.
    public String text() {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(payload)).toString();
        } catch (CharacterCodingException e) {
            throw new AssertionError("not UTF-8: " + this, e);
        }
    }

    /// The code of a close frame, -1 when it has none.
    public int closeCode() {
        return payload.length < 2 ? -1 : ByteBuffer.wrap(payload).getShort() & 0xffff;
    }

    /// The reason in a Close frame.
    public String closeReason() {
        return new String(payload, 2, payload.length - 2, StandardCharsets.UTF_8);
    }

    /// The frame as a client sends it.
    public byte[] encoded() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(payload.length + 14);
        bytes.write((fin ? 0x80 : 0) | rsv << 4 | opcode);
        encodeLength(bytes);
        byte[] body = payload;
        if (oddity.masked) {
            bytes.writeBytes(KEY);
            body = payload.clone();
            for (int i = 0; i < body.length; i++) {
                body[i] ^= KEY[i & 3];
            }
        }
        bytes.writeBytes(body);
        return bytes.toByteArray();
    }

    private void encodeLength(ByteArrayOutputStream bytes) {
        long length = oddity.declared == -1 ? payload.length : oddity.declared;
        int mask = oddity.masked ? 0x80 : 0;
        int extended = oddity.lengthBytes;
        if (extended == 0 && (length < 0 || length > 125)) {
            extended = length < 0 || length > 0xffff ? 8 : 2;
        }
        bytes.write(mask | (extended == 0 ? (int) length : extended == 2 ? 126 : 127));
        for (int shift = 8 * (extended - 1); shift >= 0; shift -= 8) {
            bytes.write((int) (length >>> shift));
        }
    }

    /// The frame in the notation of the conformance tables, a long payload cut.
    @Override
    public String toString() {
        String known = opcode < NAMES.length ? NAMES[opcode] : "";
        String name = known.isEmpty() ? "OP" + opcode : known;
        String bits = rsv == 0 ? "" : "[rsv=" + rsv + "]";
        int shown = Math.min(payload.length, 32);
        String body = HexFormat.of().formatHex(payload, 0, shown);
        String code = opcode == CLOSE && payload.length >= 2 ? "(" + closeCode() + ")" : "";
        String rest = shown < payload.length ? "... of " + payload.length + " bytes" : "";
        return name + (fin ? "" : "!") + bits + code + (body.isEmpty() ? "" : "=" + body) + rest;
    }
}

package dev.heddle.frame;

import org.jspecify.annotations.Nullable;

/// The kind of a frame (RFC 6455, section 5.2). Reserved opcodes have no constant.
public enum Opcode {
    CONTINUATION(0x0),
    TEXT(0x1),
    BINARY(0x2),
    CLOSE(0x8),
    PING(0x9),
    PONG(0xA);

    private static final @Nullable Opcode[] BY_VALUE = new @Nullable Opcode[16];

    static {
        for (Opcode opcode : values()) {
            BY_VALUE[opcode.value] = opcode;
        }
    }

    private final int value;

    Opcode(int value) {
        this.value = value;
    }

    /// The opcode with this 4-bit value, or `null` where the RFC reserves it.
    static @Nullable Opcode of(int value) {
        return BY_VALUE[value & 0xF];
    }

    /// The opcode's 4 bits.
    int value() {
        return value;
    }

    /// Whether this is the first or only frame of a message.
    boolean beginsMessage() {
        return this == TEXT || this == BINARY;
    }

    /// Whether this is a control frame: never fragmented, at most 125 bytes of payload.
    public boolean isControl() {
        return value >= 0x8;
    }
}

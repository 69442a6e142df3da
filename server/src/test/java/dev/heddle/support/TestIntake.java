package dev.heddle.support;

import dev.heddle.buffer.BufferPool;
import dev.heddle.buffer.Intake;

import java.io.InputStream;

/// Intakes with small buffers of their own.
public final class TestIntake {
    private TestIntake() {}

    /// One with a buffer of 512 bytes.
    public static Intake of(InputStream in) {
        BufferPool buffers = new BufferPool(512, 1);
        return new Intake(in, buffers, buffers);
    }
}

package dev.heddle.hub;

import dev.heddle.deflate.Compression;
import dev.heddle.frame.EncodedFrame;

import org.jspecify.annotations.Nullable;

import java.util.function.Function;

/// Another form, compressed for receivers that inflate with windows of one size: so a fact is
/// compressed once for all of them.
///
/// @param plain the other form
public record DeflatedForm(Form plain, Compression compression) implements Form {

    /// The form of a receiver that takes plain frames in that form, unless it inflates.
    ///
    /// @param compression what compresses for the receiver; `null` for one that does not inflate
    public static Form unlessPlain(Form plain, @Nullable Compression compression) {
        return compression == null ? plain : new DeflatedForm(plain, compression);
    }

    @Override
    public @Nullable EncodedFrame render(Fact fact) {
        return compress(plain.render(fact));
    }

    /// Written out because it is asked for each receiver, and a record's own is slow until it is
    /// compiled.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof DeflatedForm it
                && compression.equals(it.compression)
                && plain.equals(it.plain);
    }

    @Override
    public int hashCode() {
        return 31 * plain.hashCode() + compression.hashCode();
    }

    @Override
    public @Nullable EncodedFrame render(Fact fact, Function<Form, @Nullable EncodedFrame> others) {
        return compress(others.apply(plain));
    }

    private @Nullable EncodedFrame compress(@Nullable EncodedFrame frame) {
        return frame == null ? null : compression.compress(frame);
    }
}

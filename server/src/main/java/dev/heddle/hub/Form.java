package dev.heddle.hub;

import dev.heddle.frame.EncodedFrame;

import org.jspecify.annotations.Nullable;

import java.util.function.Function;

/// How receivers of one kind get facts: as which frame. A fact is rendered once for each form,
/// however many receivers take it.
///
/// **Thread-safe and without state**; the publisher's thread asks, in the normal case, and it must
/// not block.
public interface Form {

    /// The form of the raw hub: what was sent, and nothing else.
    Form RAW = fact -> fact instanceof Fact.Raw(EncodedFrame frame) ? frame : null;

    /// The frame that such receivers get for a fact.
    ///
    /// @return `null` for a fact of a kind that none of them ever wants
    @Nullable EncodedFrame render(Fact fact);

    /// The same, for a form that is made of another one.
    ///
    /// @param others renders the fact in other forms, each only once
    default @Nullable EncodedFrame render(
            Fact fact, Function<Form, @Nullable EncodedFrame> others) {
        return render(fact);
    }
}

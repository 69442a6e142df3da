package dev.heddle.hub;

import dev.heddle.frame.EncodedFrame;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A fact with the frames that it was rendered to so far, one for each form.
///
/// Not thread-safe: one thread after the other has it, first its publisher's and then the hub's.
public final class Rendering {
    private static final EncodedFrame[] NONE = {};

    private final Fact fact;
    private final int receivers;
    private List<Form> forms;
    private @Nullable EncodedFrame[] frames = NONE;

    /// A fact that is rendered when somebody asks for it.
    public Rendering(Fact fact) {
        this(fact, List.of(), 1);
    }

    /// Renders a fact.
    ///
    /// @param receivers how many there are, about
    Rendering(Fact fact, List<Form> forms, int receivers) {
        this.fact = fact;
        this.receivers = receivers;
        this.forms = forms;
        if (!forms.isEmpty()) {
            frames = new EncodedFrame[forms.size()];
            for (int i = 0; i < frames.length; i++) {
                frames[i] = render(forms.get(i));
            }
        }
    }

    /// A fact that one form was rendered of.
    Rendering(Fact fact, Form form, EncodedFrame frame) {
        this.fact = fact;
        this.receivers = 1;
        this.forms = List.of(form);
        this.frames = new EncodedFrame[] {frame};
    }

    /// The fact.
    public Fact fact() {
        return fact;
    }

    /// Its frame in that form, rendered now if it was not yet; `null` as in [Form#render].
    public @Nullable EncodedFrame in(Form form) {
        for (int i = 0; i < frames.length; i++) {
            if (forms.get(i).equals(form)) {
                return frames[i];
            }
        }
        EncodedFrame frame = render(form);
        forms = new ArrayList<>(forms);
        forms.add(form);
        frames = Arrays.copyOf(frames, frames.length + 1);
        frames[frames.length - 1] = frame;
        return frame;
    }

    private @Nullable EncodedFrame render(Form form) {
        EncodedFrame frame = form.render(fact);
        return frame == null ? null : frame.sharedBy(receivers);
    }

    /// How many bytes the frames take on the wire that it was rendered to.
    int frameBytes() {
        int bytes = 0;
        for (EncodedFrame frame : frames) {
            bytes += frame == null ? 0 : frame.length();
        }
        return bytes;
    }

    /// How many bytes the fact and these frames hold.
    int bytes() {
        return fact instanceof Fact.Raw ? fact.bytes() : fact.bytes() + frameBytes();
    }
}

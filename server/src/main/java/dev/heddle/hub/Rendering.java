package dev.heddle.hub;

import dev.heddle.frame.EncodedFrame;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/// A fact with the frames that it was rendered to so far, one for each form.
///
/// Not thread-safe: one thread after the other has it, first its publisher's and then the hub's.
public final class Rendering {
    private final Fact fact;
    private final int receivers;
    private final List<Form> forms;
    private final List<@Nullable EncodedFrame> frames;

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
        this.forms = new ArrayList<>(forms.size() + 1);
        this.frames = new ArrayList<>(forms.size() + 1);
        for (int i = 0; i < forms.size(); i++) {
            in(forms.get(i));
        }
    }

    /// A fact that one form was rendered of.
    Rendering(Fact fact, Form form, EncodedFrame frame) {
        this(fact);
        forms.add(form);
        frames.add(frame);
    }

    /// The fact.
    public Fact fact() {
        return fact;
    }

    /// The fact's frame in that form, rendered now if it was not yet; `null` as in [Form#render].
    public @Nullable EncodedFrame in(Form form) {
        for (int i = 0; i < frames.size(); i++) {
            if (forms.get(i).equals(form)) {
                return frames.get(i);
            }
        }
        EncodedFrame rendered = form.render(fact, this::in);
        EncodedFrame frame = rendered == null ? null : rendered.sharedBy(receivers);
        forms.add(form);
        frames.add(frame);
        return frame;
    }

    /// How many bytes the frames take on the wire that it was rendered to.
    int frameBytes() {
        int bytes = 0;
        for (int i = 0; i < frames.size(); i++) {
            EncodedFrame frame = frames.get(i);
            bytes += frame == null ? 0 : frame.length();
        }
        return bytes;
    }

    /// How many bytes the fact and these frames hold. A raw one shares its bytes with its frame.
    int bytes() {
        boolean isItsFrame = fact instanceof Fact.Raw && !frames.isEmpty();
        return isItsFrame ? frameBytes() : fact.bytes() + frameBytes();
    }
}

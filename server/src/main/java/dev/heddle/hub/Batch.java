package dev.heddle.hub;

import dev.heddle.frame.EncodedFrame;

import java.util.ArrayList;
import java.util.List;

/// Facts that are handed over together, in order, and the same facts as frames: a list for each
/// form that somebody asks for. **Owned by one thread.**
///
/// It can be used again: its lists stay.
public final class Batch {
    private final List<Rendering> renderings = new ArrayList<>(1);
    private final List<Column> columns = new ArrayList<>(1);
    private long publishedNanos;

    /// The frames in one form; none as long as nobody has asked for them.
    private record Column(Form form, List<EncodedFrame> frames) {}

    /// Puts a fact at the end.
    ///
    /// @param nanos when it was published, by [System#nanoTime]
    void add(Rendering rendering, long nanos) {
        if (renderings.isEmpty()) {
            publishedNanos = nanos;
        }
        renderings.add(rendering);
        forgetFrames();
    }

    /// Puts a fact at the end that will be asked for in one form alone.
    public void add(Fact fact, Form form, EncodedFrame frame) {
        add(new Rendering(fact, form, frame), 0);
    }

    /// How many facts there are.
    public int size() {
        return renderings.size();
    }

    /// The fact at that place.
    public Fact fact(int place) {
        return renderings.get(place).fact();
    }

    /// All facts in one form. A fact that was not rendered to it is now.
    ///
    /// @return each fact's frame at the fact's place, and nothing there for a fact that no receiver
    ///   of this form wants. **To be read only**, and only as long as nothing is added or removed
    public List<EncodedFrame> frames(Form form) {
        for (int i = 0; i < columns.size(); i++) { // one or two, and asked for each subscriber
            Column column = columns.get(i);
            if (column.form.equals(form)) {
                return column.frames.isEmpty() ? fill(column) : column.frames;
            }
        }
        Column column = new Column(form, new ArrayList<>(renderings.size()));
        columns.add(column);
        return fill(column);
    }

    @SuppressWarnings("NullAway") // nobody takes what is missing
    private List<EncodedFrame> fill(Column column) {
        try {
            for (int i = 0; i < renderings.size(); i++) {
                column.frames.add(renderings.get(i).in(column.form));
            }
            return column.frames;
        } catch (RuntimeException | Error bug) {
            column.frames.clear(); // half a list would pass for a whole one
            throw bug;
        }
    }

    /// Whether these are the forms that somebody has asked for.
    boolean isIn(List<Form> forms) {
        int asked = 0;
        for (int i = 0; i < columns.size(); i++) {
            Column column = columns.get(i);
            if (!column.frames.isEmpty()) {
                asked++;
                if (!forms.contains(column.form)) {
                    return false;
                }
            }
        }
        return asked == forms.size();
    }

    /// The forms that somebody has asked for.
    List<Form> forms() {
        return columns.stream()
                .filter(column -> !column.frames.isEmpty())
                .map(Column::form)
                .toList();
    }

    /// How many bytes the frames take that the facts were rendered to.
    long bytes() {
        long bytes = 0;
        for (int i = 0; i < renderings.size(); i++) {
            bytes += renderings.get(i).frameBytes();
        }
        return bytes;
    }

    /// When the first fact was published, by [System#nanoTime].
    long publishedNanos() {
        return publishedNanos;
    }

    /// Drops the first facts.
    public void removeFirst(int count) {
        renderings.subList(0, count).clear();
        forgetFrames();
    }

    /// Drops all facts.
    void clear() {
        renderings.clear();
        forgetFrames();
    }

    private void forgetFrames() {
        for (int i = 0; i < columns.size(); i++) {
            columns.get(i).frames.clear();
        }
    }
}

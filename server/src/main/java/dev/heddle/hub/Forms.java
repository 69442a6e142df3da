package dev.heddle.hub;

import java.util.ArrayList;
import java.util.List;

/// The forms in which the subscribers of a fan-out take facts, so that publishers render those.
///
/// **Thread-safe.** It may lack a form for a moment, or have one too many: then the hub's loop
/// renders what is missing, or a frame was rendered in vain.
final class Forms {
    private volatile List<Form> forms = List.of();

    List<Form> all() {
        return forms;
    }

    /// Somebody will take facts in that form.
    void add(Form form) {
        if (forms.contains(form)) {
            return;
        }
        synchronized (this) {
            List<Form> more = new ArrayList<>(forms);
            more.add(form);
            forms = more.stream().distinct().toList();
        }
    }

    /// Keeps exactly the forms that subscribers asked a batch for.
    void learnFrom(Batch distributed) {
        if (!distributed.isIn(forms)) {
            synchronized (this) {
                forms = distributed.forms();
            }
        }
    }
}

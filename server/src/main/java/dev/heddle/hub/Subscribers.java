package dev.heddle.hub;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;

/// The subscribers of one fan-out, in an array without holes, and what waits for them. Owned by the
/// hub's loop; only [#size] and the forms are for any thread.
final class Subscribers {
    final Forms forms = new Forms();

    /// The batch that they get next; `null` as long as there is none.
    @Nullable Batch waiting;

    private @Nullable Subscriber[] array = new Subscriber[4];
    private volatile int size;

    int size() {
        return size;
    }

    Subscriber at(int place) {
        Subscriber subscriber = array[place];
        if (subscriber == null) {
            throw new IllegalStateException("no subscriber at " + place);
        }
        return subscriber;
    }

    void add(Subscriber subscriber) {
        int place = size;
        if (place == array.length) {
            array = Arrays.copyOf(array, place * 2);
        }
        array[place] = subscriber;
        subscriber.place = place;
        size = place + 1;
    }

    /// Removes a subscriber, if it is one; the last one takes its place.
    void remove(Subscriber subscriber) {
        int place = subscriber.place;
        if (place == Subscriber.NOT_SUBSCRIBED) {
            return;
        }
        int end = size - 1;
        Subscriber last = at(end);
        last.place = place;
        array[place] = last;
        array[end] = null;
        subscriber.place = Subscriber.NOT_SUBSCRIBED;
        size = end;
    }
}

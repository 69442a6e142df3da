package dev.heddle.broker.redis;

import dev.heddle.broker.Position;
import dev.heddle.broker.Publication;
import dev.heddle.broker.Roster;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The users in one place, as this node has heard: a list that is made from events, each of which
/// is passed on as it changes the list. **Thread-safe**, never blocks.
final class Crowd {
    private final Roster.Listener listener;

    // Guarded by this.
    private final Map<String, String> infos = new LinkedHashMap<>();
    private @Nullable Position position;

    Crowd(Roster.Listener listener) {
        this.listener = listener;
    }

    /// Goes on with the events after those of a snapshot. Users in the snapshot are there; users
    /// missing in it may be there in the meantime.
    synchronized void goOn(Members.Snapshot snapshot) {
        if (knowsMore(snapshot)) {
            return;
        }
        position = snapshot.position();
        snapshot.users().forEach(this::enter);
    }

    /// Makes the list the same as a snapshot: a user who is missing in it has left.
    ///
    /// @return whether that was done: not if more is known already
    synchronized boolean correct(Members.Snapshot snapshot) {
        if (knowsMore(snapshot)) {
            return false;
        }
        goOn(snapshot);
        List<String> gone =
                infos.keySet().stream()
                        .filter(user -> !snapshot.users().containsKey(user))
                        .toList();
        gone.forEach(this::leave);
        return true;
    }

    private boolean knowsMore(Members.Snapshot snapshot) {
        Position last = position;
        return last != null
                && last.epoch().equals(snapshot.position().epoch())
                && last.offset() > snapshot.position().offset();
    }

    /// An event of the place's log.
    synchronized void heard(String epoch, Publication event) {
        Position last = position;
        boolean isOld =
                last != null && last.epoch().equals(epoch) && event.offset() <= last.offset();
        if (last == null || isOld) {
            return; // is in what it begins with
        }
        position = new Position(epoch, event.offset());
        String text = event.message().data();
        int line = text.indexOf('\n');
        String user = text.substring(1, line);
        if (text.charAt(0) == '+') {
            enter(user, text.substring(line + 1));
        } else {
            leave(user);
        }
    }

    private void enter(String user, String info) {
        if (infos.put(user, info) == null) {
            listener.entered(user, info.isEmpty() ? null : info);
            notifyAll();
        }
    }

    private void leave(String user) {
        String info = infos.remove(user);
        if (info != null) {
            listener.left(user, info.isEmpty() ? null : info);
        }
    }

    /// Waits until a user is there.
    ///
    /// @return whether that is so before a time of [System#nanoTime]
    synchronized boolean await(String user, long endNanos) throws InterruptedException {
        while (!infos.containsKey(user)) {
            long leftMillis = (endNanos - System.nanoTime()) / 1_000_000;
            if (leftMillis <= 0) {
                return false;
            }
            wait(leftMillis);
        }
        return true;
    }

    synchronized List<String> users() {
        return List.copyOf(infos.keySet());
    }

    synchronized boolean has(String user) {
        return infos.containsKey(user);
    }

    synchronized int count() {
        return infos.size();
    }
}

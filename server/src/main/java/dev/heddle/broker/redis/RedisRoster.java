package dev.heddle.broker.redis;

import dev.heddle.broker.BrokerUnavailable;
import dev.heddle.broker.Publication;
import dev.heddle.broker.Roster;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The users of all nodes, over Redis. The users of this node are kept here. A virtual thread for
/// each seat tells Redis of them, and exists only while Redis does not know the seat yet.
/// **Thread-safe.**
final class RedisRoster implements Roster {
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final Members members;
    private final Lease lease;
    private final Duration timeout;
    private final Attaching attaching;
    private final Map<String, Crowd> crowds = new ConcurrentHashMap<>();

    /// By place and user, with a line end between. Guarded by this.
    private final Map<String, Seat> seats = new HashMap<>();

    private volatile boolean isClosed;

    RedisRoster(Members members, Lease lease, Duration timeout, Attaching attaching) {
        this.members = members;
        this.lease = lease;
        this.timeout = timeout;
        this.attaching = attaching;
    }

    @Override
    public void open(String place, Listener listener) {
        crowds.put(place, new Crowd(listener));
        attaching.attach(Keys.events(place));
    }

    @Override
    public void close(String place) {
        attaching.detach(Keys.events(place));
        crowds.remove(place);
    }

    /// Reads who is in a place whose log is heard from now on. Blocks as [Redis].
    void begin(String place) {
        find(place).ifPresent(crowd -> crowd.goOn(members.snapshot(place)));
    }

    /// Reads who is in a place of whose log something is lost. If Redis has lost all, the nodes
    /// tell it again; so who is missing then has left. Blocks as [Redis].
    void beginAgain(String place) {
        begin(place);
        tellAgain(place);
        Thread.ofVirtual().name("heddle-correct").start(() -> correct(place));
    }

    private void correct(String place) {
        try {
            Thread.sleep(lease.length().multipliedBy(2));
            Crowd crowd = crowds.get(place);
            while (crowd != null && !isClosed && !isCorrect(crowd, place)) {
                Thread.sleep(PAUSE);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isCorrect(Crowd crowd, String place) {
        try {
            return crowd.correct(members.snapshot(place));
        } catch (BrokerUnavailable later) {
            return false;
        }
    }

    /// An event of a place's log. Never blocks.
    void heard(String place, String epoch, Publication event) {
        find(place).ifPresent(crowd -> crowd.heard(epoch, event));
    }

    @Override
    public synchronized void present(String place, String user, @Nullable String info) {
        Seat seat = seats.computeIfAbsent(Seat.key(place, user), _ -> new Seat(place, user));
        seat.isTaken = true;
        seat.info = info;
        tell(seat);
    }

    @Override
    public synchronized void absent(String place, String user, Duration grace) {
        Seat seat = seats.get(Seat.key(place, user));
        if (seat != null) {
            seat.isTaken = false;
            seat.grace = grace;
            tell(seat);
        }
    }

    private synchronized void tellAgain(String place) {
        for (Seat seat : seats.values()) {
            if (seat.place.equals(place)) {
                seat.toldAs = null;
                tell(seat);
            }
        }
    }

    /// Tells Redis of everything under another name: under the earlier one all has ended.
    synchronized void tellAgain() {
        seats.values().forEach(this::tell);
    }

    @Override
    public void await(String place, String user) {
        long end = System.nanoTime() + timeout.toNanos();
        Crowd crowd = crowds.get(place);
        try {
            if (crowd != null && awaitTold(Seat.key(place, user), end) && crowd.await(user, end)) {
                return;
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        throw new BrokerUnavailable("the engine does not know of the user yet");
    }

    private synchronized boolean awaitTold(String key, long end) throws InterruptedException {
        Seat seat = seats.get(key);
        while (seat != null && seat.isTaken && !lease.node().equals(seat.toldAs)) {
            long leftMillis = (end - System.nanoTime()) / 1_000_000;
            if (leftMillis <= 0) {
                return false;
            }
            wait(leftMillis);
            seat = seats.get(key);
        }
        return true;
    }

    @Override
    public List<String> users(String place) {
        return find(place).map(Crowd::users).orElse(List.of());
    }

    @Override
    public boolean has(String place, String user) {
        return find(place).map(crowd -> crowd.has(user)).orElse(false);
    }

    @Override
    public int count(String place) {
        return find(place).map(Crowd::count).orElse(0);
    }

    private void tell(Seat seat) {
        if (!seat.isTelling) {
            seat.isTelling = true;
            Thread.ofVirtual().name("heddle-seat").start(() -> tellAll(seat));
        }
    }

    private void tellAll(Seat seat) {
        try {
            String as;
            while ((as = next(seat)) != null) {
                try {
                    tell(seat, as);
                } catch (BrokerUnavailable later) {
                    Thread.sleep(PAUSE);
                }
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error bug) {
            members.counting().counters().bug(bug);
        }
    }

    /// @return as which node the engine is to be told something; `null` if it knows
    private synchronized @Nullable String next(Seat seat) {
        String now = lease.node();
        boolean isKnown = seat.isTaken ? now.equals(seat.toldAs) : seat.triedAs == null;
        if (isKnown || isClosed) {
            seat.isTelling = false;
            if (!seat.isTaken) {
                seats.remove(Seat.key(seat.place, seat.user), seat);
            }
            notifyAll();
            return null;
        }
        if (seat.isTaken) {
            seat.triedAs = now;
        } else {
            seat.toldAs = null; // from now on nobody knows until there is an answer
        }
        return seat.triedAs;
    }

    private void tell(Seat seat, String as) throws InterruptedException {
        if (!isTaken(seat)) {
            members.leave(seat, as);
            synchronized (this) {
                seat.triedAs = null;
            }
        } else if (members.enter(seat, as)) {
            told(seat, as);
        } else {
            Thread.sleep(PAUSE); // the lease has ended, and another one begins soon
        }
    }

    private synchronized boolean isTaken(Seat seat) {
        return seat.isTaken;
    }

    private synchronized void told(Seat seat, String as) {
        seat.toldAs = as;
        notifyAll();
    }

    /// Waits until Redis knows everything, at most for this time, and tells nothing more. Returns
    /// whether it knows everything.
    boolean close(Duration patience) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        synchronized (this) {
            while (seats.values().stream().anyMatch(seat -> seat.isTelling)) {
                long leftMillis = (end - System.nanoTime()) / 1_000_000;
                if (leftMillis <= 0) {
                    break;
                }
                wait(leftMillis);
            }
            isClosed = true;
            return seats.isEmpty();
        }
    }

    private Optional<Crowd> find(String place) {
        return Optional.ofNullable(crowds.get(place));
    }
}

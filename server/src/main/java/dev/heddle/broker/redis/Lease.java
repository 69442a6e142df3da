package dev.heddle.broker.redis;

import dev.heddle.broker.BrokerUnavailable;
import dev.heddle.telemetry.event.NodeDied;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;

/// The lease by which this node holds what it holds, and the clearing away of nodes whose leases
/// have ended. A node whose own has ended goes on under another name. **Thread-safe.**
final class Lease {
    private static final Logger LOG = LoggerFactory.getLogger("heddle");
    private static final int TICKS = 5;

    private final Members members;
    private final String name;
    private final Duration length;
    private final Thread thread = Thread.ofVirtual().name("heddle-lease").unstarted(this::run);
    private volatile String node;
    private volatile List<String> others = List.of();
    private volatile boolean isFailing;
    private volatile Runnable whenRenamed = () -> {};

    /// @param name of the node, of which each lease has another ending
    Lease(Members members, String name, Duration length) {
        this.members = members;
        this.name = name;
        this.length = length;
        this.node = freshNode();
    }

    private String freshNode() {
        byte[] random = new byte[4];
        new SecureRandom().nextBytes(random);
        return name + "~" + HexFormat.of().formatHex(random);
    }

    /// Starts to keep the lease.
    ///
    /// @param renamed is done when the node goes on under another name
    void start(Runnable renamed) {
        whenRenamed = renamed;
        thread.start();
    }

    /// The name of this node as long as its lease does not end.
    String node() {
        return node;
    }

    List<String> others() {
        return others;
    }

    /// Whether it could not be kept the last time that it was tried.
    boolean isFailing() {
        return isFailing;
    }

    Duration length() {
        return length;
    }

    private void run() {
        boolean isNew = true;
        try {
            while (true) {
                try {
                    tick(isNew);
                    isNew = false;
                    isFailing = false;
                } catch (BrokerUnavailable later) {
                    isFailing = true;
                    LOG.debug("cannot renew the lease: {}", later.getMessage());
                } catch (RuntimeException | Error bug) {
                    members.counting().counters().bug(bug);
                }
                Thread.sleep(length.dividedBy(TICKS));
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    /// @param isNew whether the lease begins
    private void tick(boolean isNew) {
        Members.Tick tick = members.tick(node, length, isNew);
        others =
                tick.nodes().stream()
                        .filter(other -> !other.isEmpty() && !other.equals(node))
                        .toList();
        if (!tick.isKept()) {
            LOG.warn("the lease of {} has ended: this node takes another name", node);
            members.counting().counters().engine.leasesLost.increment();
            node = freshNode();
            members.tick(node, length, true);
            whenRenamed.run();
        } else if (isNew) {
            whenRenamed.run();
        }
        if (!tick.dead().isEmpty()) {
            Thread.ofVirtual().name("heddle-clear").start(() -> clearAway(tick.dead()));
        }
        tick.over().forEach(seat -> members.forget(seat[0], seat[1]));
    }

    /// Takes time in proportion to what the node held: so the lease is kept by another thread. What
    /// is left undone another node does later.
    private void clearAway(String dead) {
        try {
            members.clearAway(dead);
            members.counting().counters().engine.leasesEnded.increment();
            NodeDied.emit(dead);
            LOG.info("the lease of {} has ended: its users are taken out", dead);
        } catch (BrokerUnavailable later) {
            LOG.debug("node {} is cleared away later: {}", dead, later.getMessage());
        } catch (RuntimeException | Error bug) {
            members.counting().counters().bug(bug);
        }
    }

    /// Ends.
    ///
    /// @param holdsNothing whether others need not wait until the lease has run out
    void close(boolean holdsNothing) throws InterruptedException {
        thread.interrupt();
        thread.join(length);
        if (!holdsNothing) {
            return;
        }
        try {
            members.giveUp(node);
        } catch (BrokerUnavailable gone) {
            LOG.debug("cannot give up the lease, it will expire: {}", gone.getMessage());
        }
    }
}

package dev.heddle.api;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

/// The ids of the messages that were sent, so that none is sent twice.
///
/// It forgets an id 12 hours after it was claimed; earlier when as many newer ones have come as it
/// remembers at most; and with the process. Of an id it keeps 16 bytes of its SHA-256, however long
/// it is: about 100 bytes of memory each.
///
/// **Thread-safe**: of those who claim an id at the same time one gets it.
final class MessageIds {
    static final Duration WINDOW = Duration.ofHours(12);

    private final int max;
    private final LongSupplier nanoTime;

    /// When each was claimed, the oldest first. Guarded by this.
    private final LinkedHashMap<Digest, Long> claims = new LinkedHashMap<>();

    /// Those of them whose messages are being sent. Guarded by this.
    private final Set<Digest> underWay = new HashSet<>();

    private record Digest(long high, long low) {}

    /// @param max how many are remembered
    MessageIds(int max) {
        this(max, System::nanoTime);
    }

    MessageIds(int max, LongSupplier nanoTime) {
        this.max = max;
        this.nanoTime = nanoTime;
    }

    /// Claims an id. Who gets it sends, and then says whether it did: [#confirm] or [#release].
    ///
    /// @return whether the caller is the first within the window
    boolean claim(String id) {
        Digest digest = digest(id);
        synchronized (this) {
            long now = nanoTime.getAsLong();
            Long claimed = claims.get(digest);
            if (claimed != null && now - claimed < WINDOW.toNanos()) {
                return false;
            }
            claims.remove(digest);
            makeRoom(now);
            claims.put(digest, now);
            underWay.add(digest);
            return true;
        }
    }

    /// The message of a claimed id was sent.
    synchronized void confirm(String id) {
        underWay.remove(digest(id));
    }

    /// Gives a claimed id back under which nothing was sent, so that the caller may try again.
    synchronized void release(String id) {
        Digest digest = digest(id);
        underWay.remove(digest);
        claims.remove(digest);
    }

    /// Whether an id is claimed, and nobody knows yet whether its message is sent.
    synchronized boolean isUnderWay(String id) {
        return underWay.contains(digest(id));
    }

    private void makeRoom(long now) {
        Iterator<Map.Entry<Digest, Long>> oldest = claims.entrySet().iterator();
        while (oldest.hasNext()
                && (now - oldest.next().getValue() >= WINDOW.toNanos() || claims.size() >= max)) {
            oldest.remove();
        }
    }

    private static Digest digest(String id) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(id.getBytes(StandardCharsets.UTF_8));
            ByteBuffer words = ByteBuffer.wrap(digest);
            return new Digest(words.getLong(), words.getLong());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}

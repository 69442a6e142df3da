package dev.heddle.api;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
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

    /// The oldest first. Guarded by this.
    private final LinkedHashMap<Digest, Claim> claims = new LinkedHashMap<>();

    private record Digest(long high, long low) {}

    /// The right to send under an id, of the one who has claimed it. Who has it says whether it has
    /// sent: [#confirm] or [#release].
    static final class Claim {
        private final Digest digest;
        private final long nanoTime;

        // Guarded by the message ids.
        private boolean isSettled;

        private Claim(Digest digest, long nanoTime) {
            this.digest = digest;
            this.nanoTime = nanoTime;
        }
    }

    /// @param max how many are remembered
    MessageIds(int max) {
        this(max, System::nanoTime);
    }

    MessageIds(int max, LongSupplier nanoTime) {
        this.max = max;
        this.nanoTime = nanoTime;
    }

    /// Claims an id.
    ///
    /// @return the claim, for the first within the window alone
    Optional<Claim> claim(String id) {
        Digest digest = digest(id);
        synchronized (this) {
            long now = nanoTime.getAsLong();
            Claim earlier = claims.get(digest);
            if (earlier != null && now - earlier.nanoTime < WINDOW.toNanos()) {
                return Optional.empty();
            }
            claims.remove(digest);
            makeRoom(now);
            Claim claim = new Claim(digest, now);
            claims.put(digest, claim);
            return Optional.of(claim);
        }
    }

    /// The message was sent.
    synchronized void confirm(Claim claim) {
        claim.isSettled = true;
    }

    /// Nothing was sent, so that somebody may try again.
    synchronized void release(Claim claim) {
        claims.remove(claim.digest, claim); // not a later one, if this one is forgotten
    }

    /// Whether an id is claimed, and nobody knows yet whether its message is sent.
    boolean isUnderWay(String id) {
        Digest digest = digest(id);
        synchronized (this) {
            Claim claim = claims.get(digest);
            return claim != null && !claim.isSettled;
        }
    }

    private void makeRoom(long now) {
        Iterator<Map.Entry<Digest, Claim>> oldest = claims.entrySet().iterator();
        while (oldest.hasNext()
                && (now - oldest.next().getValue().nanoTime >= WINDOW.toNanos()
                        || claims.size() >= max)) {
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

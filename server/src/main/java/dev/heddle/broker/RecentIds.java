package dev.heddle.broker;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/// The ids that were used lately, each with a value.
///
/// It forgets an id 12 hours after it was first put; earlier when as many newer ones have come as
/// it remembers at most; and with the process. Of an id it keeps 16 bytes of its SHA-256, however
/// long it is: about 100 bytes of memory each.
///
/// **Thread-safe.**
///
/// @param <V> what is known of an id
public final class RecentIds<V> {
    /// How long an id is remembered.
    public static final Duration WINDOW = Duration.ofHours(12);

    private final int max;
    private final LongSupplier nanoTime;

    /// The oldest first. Guarded by this.
    private final LinkedHashMap<Digest, Known<V>> ids = new LinkedHashMap<>();

    private record Digest(long high, long low) {}

    private record Known<V>(V value, long nanoTime) {}

    /// @param max how many are remembered
    /// @param nanoTime the clock
    public RecentIds(int max, LongSupplier nanoTime) {
        this.max = max;
        this.nanoTime = nanoTime;
    }

    /// The value of an id; `null` if the id is not known.
    public synchronized @Nullable V find(String id) {
        Known<V> known = ids.get(key(id));
        return known == null || isOld(known) ? null : known.value;
    }

    /// Remembers this of an id of which nothing is known.
    ///
    /// @return what is known already, and still is; `null` if nothing was
    public synchronized @Nullable V putIfAbsent(String id, V value) {
        Digest key = key(id);
        Known<V> earlier = ids.get(key);
        if (earlier != null && !isOld(earlier)) {
            return earlier.value;
        }
        ids.remove(key);
        makeRoom();
        ids.put(key, new Known<>(value, nanoTime.getAsLong()));
        return null;
    }

    /// Forgets an id, if just this is known of it.
    public synchronized void remove(String id, V value) {
        Digest key = key(id);
        Known<V> known = ids.get(key);
        if (known != null && known.value.equals(value)) {
            ids.remove(key);
        }
    }

    private void makeRoom() {
        Iterator<Map.Entry<Digest, Known<V>>> oldest = ids.entrySet().iterator();
        while (oldest.hasNext() && (isOld(oldest.next().getValue()) || ids.size() >= max)) {
            oldest.remove();
        }
    }

    private boolean isOld(Known<V> known) {
        return nanoTime.getAsLong() - known.nanoTime >= WINDOW.toNanos();
    }

    /// Tells texts apart in 8 bytes: of two different ones it is hardly ever the same.
    public static long fingerprint(String text) {
        return sha256(text).getLong();
    }

    /// Tells texts apart in 32 digits, which no two different ones have in common.
    public static String digest(String text) {
        return HexFormat.of().formatHex(sha256(text).array(), 0, 16);
    }

    private static Digest key(String id) {
        ByteBuffer words = sha256(id);
        return new Digest(words.getLong(), words.getLong());
    }

    private static ByteBuffer sha256(String text) {
        try {
            return ByteBuffer.wrap(
                    MessageDigest.getInstance("SHA-256")
                            .digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}

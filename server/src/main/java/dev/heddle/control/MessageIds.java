package dev.heddle.control;

import dev.heddle.broker.RecentIds;

import org.jspecify.annotations.Nullable;

import java.util.Optional;
import java.util.function.LongSupplier;

/// The ids of the messages that were sent, so that none is sent twice. It forgets as [RecentIds]
/// does.
///
/// **Thread-safe**: of those who claim an id at the same time one gets it.
final class MessageIds {
    private final RecentIds<Claim> claims;

    /// The right to send under an id. Its owner says afterwards whether it has sent, by [#confirm]
    /// or [#release].
    static final class Claim {
        /// The id, until it is known whether something was sent under it.
        private volatile @Nullable String id;

        private final long content;

        private Claim(String id, long content) {
            this.id = id;
            this.content = content;
        }
    }

    /// @param max how many are remembered
    MessageIds(int max) {
        this(max, System::nanoTime);
    }

    MessageIds(int max, LongSupplier nanoTime) {
        this.claims = new RecentIds<>(max, nanoTime);
    }

    /// Claims an id.
    ///
    /// @param content all that is to be sent, and to whom
    /// @return the claim, for the first within the window alone
    Optional<Claim> claim(String id, String content) {
        Claim claim = new Claim(id, RecentIds.fingerprint(content));
        return claims.putIfAbsent(id, claim) == null ? Optional.of(claim) : Optional.empty();
    }

    /// Notes that the message was sent.
    void confirm(Claim claim) {
        claim.id = null;
    }

    /// Notes that nothing was sent, so that the id is free again.
    void release(Claim claim) {
        String id = claim.id;
        if (id != null) {
            claims.remove(id, claim); // not a later one, if this one is forgotten
        }
    }

    /// Whether an id is claimed for other content.
    boolean isOfOther(String id, String content) {
        Claim claim = claims.find(id);
        return claim != null && claim.content != RecentIds.fingerprint(content);
    }

    /// Whether an id is claimed, and nobody knows yet whether its message is sent.
    boolean isUnderWay(String id) {
        Claim claim = claims.find(id);
        return claim != null && claim.id != null;
    }
}

package dev.heddle.broker;

import java.util.Optional;

/// The ids of the messages that were sent, so that none is sent twice: on one node, or on all that
/// share an engine. An id is known for 12 hours at most, see [RecentIds#WINDOW]. **Thread-safe**:
/// of those who claim an id at the same time one gets it.
///
/// An engine that is shared throws [BrokerUnavailable].
public interface MessageIds {

    /// Somebody's right to send under an id.
    ///
    /// @param content tells apart all that may be sent, and to whom
    /// @param token unlike that of any other claim
    record Claim(long content, long token) {}

    /// The state of an id.
    ///
    /// @param content of the claim
    /// @param isSent whether something was sent under it; otherwise nobody knows yet
    record Known(long content, boolean isSent) {}

    /// Claims an id. Its owner says afterwards whether it has sent, by [#confirm] or [#release].
    ///
    /// @return what is known of it already; empty if it is claimed now
    Optional<Known> claim(String id, Claim claim);

    /// Notes that something was sent under a claim.
    void confirm(String id, Claim claim);

    /// Notes that nothing was sent under a claim: the id is free again.
    void release(String id, Claim claim);
}

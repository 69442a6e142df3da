package dev.heddle.control;

import dev.heddle.broker.BrokerUnavailable;
import dev.heddle.broker.MessageIds;
import dev.heddle.broker.MessageIds.Claim;
import dev.heddle.broker.MessageIds.Known;
import dev.heddle.broker.RecentIds;
import dev.heddle.user.Message;

import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;

/// Sends each id once. **Thread-safe.**
///
/// @param ids those under which something was sent
record SendOnce(MessageIds ids) {

    /// Sends, unless the same was sent under that id. If that fails the id is free again. A message
    /// without an id is sent however often it is asked for.
    ///
    /// @param to whom it is for: no two different receivers have the same
    /// @param send returns whether the message was taken
    SendOutcome once(Message message, String to, BooleanSupplier send) {
        if (message.id().isEmpty()) {
            return outcome(send.getAsBoolean());
        }
        Claim claim = claim(message, to);
        return ids.claim(message.id(), claim)
                .map(known -> outcome(known, claim))
                .orElseGet(() -> outcome(sendAs(message.id(), claim, send)));
    }

    private static SendOutcome outcome(Known known, Claim claim) {
        if (known.content() != claim.content()) {
            return SendOutcome.ID_TAKEN;
        }
        return known.isSent() ? SendOutcome.DUPLICATE : SendOutcome.UNDER_WAY;
    }

    /// Sends, unless something was to be sent under that id, and uses the id up in any case. A
    /// message without an id is sent however often it is asked for.
    ///
    /// @param to whom it is for: no two different receivers have the same
    /// @param send returns whether the message was taken
    SendOutcome atMostOnce(Message message, String to, BooleanSupplier send) {
        if (!message.id().isEmpty()) {
            Claim claim = claim(message, to);
            if (ids.claim(message.id(), claim).isPresent()) {
                return SendOutcome.DUPLICATE;
            }
            ids.confirm(message.id(), claim);
        }
        return outcome(send.getAsBoolean());
    }

    private static Claim claim(Message message, String to) {
        return new Claim(
                RecentIds.fingerprint(content(message, to)),
                ThreadLocalRandom.current().nextLong());
    }

    /// All that a message says, and to whom: no two different ones make the same text.
    private static String content(Message message, String to) {
        return to.length()
                + "\n"
                + to
                + message.from().length()
                + "\n"
                + message.from()
                + message.text();
    }

    /// While nobody can know whether something was sent, the id stays claimed.
    private boolean sendAs(String id, Claim claim, BooleanSupplier send) {
        boolean isSent;
        try {
            isSent = send.getAsBoolean();
        } catch (BrokerUnavailable unknown) {
            throw unknown;
        } catch (RuntimeException | Error failed) {
            ids.release(id, claim);
            throw failed;
        }
        settle(id, claim, isSent);
        return isSent;
    }

    private void settle(String id, Claim claim, boolean isSent) {
        try {
            if (isSent) {
                ids.confirm(id, claim);
            } else {
                ids.release(id, claim);
            }
        } catch (BrokerUnavailable gone) {
            return; // the caller knows what is so, and the engine forgets the claim
        }
    }

    private static SendOutcome outcome(boolean isTaken) {
        return isTaken ? SendOutcome.SENT : SendOutcome.NOT_TAKEN;
    }
}

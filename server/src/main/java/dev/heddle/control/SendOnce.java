package dev.heddle.control;

import dev.heddle.control.MessageIds.Claim;
import dev.heddle.user.Message;

import java.util.Optional;
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
        String content = content(message, to);
        Optional<Claim> claim = ids.claim(message.id(), content);
        if (claim.isPresent()) {
            return outcome(sendAs(claim.get(), send));
        }
        if (ids.isOfOther(message.id(), content)) {
            return SendOutcome.ID_TAKEN;
        }
        return ids.isUnderWay(message.id()) ? SendOutcome.UNDER_WAY : SendOutcome.DUPLICATE;
    }

    /// Sends, unless something was to be sent under that id, and uses the id up in any case. A
    /// message without an id is sent however often it is asked for.
    ///
    /// @param to whom it is for: no two different receivers have the same
    /// @param send returns whether the message was taken
    SendOutcome atMostOnce(Message message, String to, BooleanSupplier send) {
        if (!message.id().isEmpty()) {
            Optional<Claim> claim = ids.claim(message.id(), content(message, to));
            if (claim.isEmpty()) {
                return SendOutcome.DUPLICATE;
            }
            ids.confirm(claim.get());
        }
        return outcome(send.getAsBoolean());
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

    private boolean sendAs(Claim claim, BooleanSupplier send) {
        boolean isSent = false;
        try {
            isSent = send.getAsBoolean();
            return isSent;
        } finally {
            if (isSent) {
                ids.confirm(claim);
            } else {
                ids.release(claim);
            }
        }
    }

    private static SendOutcome outcome(boolean isTaken) {
        return isTaken ? SendOutcome.SENT : SendOutcome.NOT_TAKEN;
    }
}

package dev.heddle.net;

import dev.heddle.net.Admission.Decision;

import org.jspecify.annotations.Nullable;

import java.net.InetSocketAddress;
import java.util.EnumMap;
import java.util.Map;

/// How a connection was let in, and for whom. Those without a proxy share a few.
///
/// @param decision what was decided
/// @param client the client as a proxy says; `null` if it is the socket's other end
/// @param isCounted whether it has a place among the connections of the client's address
record Ticket(Decision decision, @Nullable InetSocketAddress client, boolean isCounted) {
    private static final Map<Decision, Ticket> DIRECT = new EnumMap<>(Decision.class);
    private static final Map<Decision, Ticket> OF_PROXY = new EnumMap<>(Decision.class);

    static {
        for (Decision decision : Decision.values()) {
            boolean isAdmitted = decision == Decision.ADMITTED;
            DIRECT.put(decision, new Ticket(decision, null, isAdmitted));
            OF_PROXY.put(decision, new Ticket(decision, null, false));
        }
    }

    /// For a client without a proxy.
    @SuppressWarnings("NullAway") // each decision has one
    static Ticket direct(Decision decision) {
        return DIRECT.get(decision);
    }

    /// For a client of a proxy that is still to say who it is.
    @SuppressWarnings("NullAway") // each decision has one
    static Ticket ofProxy(Decision decision) {
        return OF_PROXY.get(decision);
    }
}

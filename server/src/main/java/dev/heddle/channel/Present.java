package dev.heddle.channel;

import org.jspecify.annotations.Nullable;

/// A connection that is subscribed to a channel, on whatever node, or was until a moment ago.
///
/// @param user whose it is
/// @param connection its name
/// @param info what others may know of the user, any JSON; `null` for nothing
public record Present(String user, String connection, @Nullable String info) {
    static Present of(Subscription subscription) {
        Identity who = subscription.identity();
        return new Present(who.user(), subscription.party().name(), who.info());
    }
}

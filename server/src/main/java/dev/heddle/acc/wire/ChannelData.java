package dev.heddle.acc.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;

import dev.heddle.json.RawJson;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// `data` of what the server says about channels: in replies, in pushes and in answers of the HTTP
/// API. A value that may be missing on the wire is `null`.
public final class ChannelData {
    private ChannelData() {}

    /// A publication in the history of a channel that is named around it.
    @JsonInclude(Include.NON_NULL)
    public record Published(
            long offset, RawJson data, @Nullable String from, @Nullable String id) {}

    /// `data` of the push `publication`.
    @JsonInclude(Include.NON_NULL)
    public record Publication(
            String channel,
            String epoch,
            long offset,
            RawJson data,
            @Nullable String from,
            @Nullable String id) {}

    /// `data` of the reply to `subscribe`, and of the push `subscribed`.
    ///
    /// @param offset after the publications
    /// @param recovered whether the publications are all that was missed; missing if nothing was to
    ///   be recovered
    /// @param more whether there are more before the subscription can begin; missing if not
    @JsonInclude(Include.NON_NULL)
    public record Subscribed(
            String channel,
            String epoch,
            long offset,
            @Nullable Boolean recovered,
            @Nullable Boolean more,
            List<Published> publications) {}

    /// `data` of the reply to `publish`.
    ///
    /// @param duplicate whether it was published before, under the same id
    @JsonInclude(Include.NON_NULL)
    public record Position(
            String channel, String epoch, long offset, @Nullable Boolean duplicate) {}

    /// `data` of the reply to `history`.
    ///
    /// @param offset of the channel
    /// @param more whether there are more after these; missing if not
    @JsonInclude(Include.NON_NULL)
    public record History(
            String channel,
            String epoch,
            long offset,
            @Nullable Boolean more,
            List<Published> publications) {

        /// The same, with the word that there are more.
        public History andMore() {
            return new History(channel, epoch, offset, true, publications);
        }
    }

    /// Somebody who is subscribed.
    ///
    /// @param userID the user
    /// @param connectionId names the connection
    /// @param info what the user's token says that others may know
    @JsonInclude(Include.NON_NULL)
    public record Present(String userID, String connectionId, @Nullable RawJson info) {}

    /// `data` of the reply to `presence`.
    public record Presence(String channel, List<Present> clients) {}

    /// `data` of the reply to `presenceStats`.
    public record PresenceStats(String channel, int connections, int users) {}

    /// `data` of the pushes `join` and `leave`.
    @JsonInclude(Include.NON_NULL)
    public record Join(String channel, String userID, @Nullable RawJson info) {}

    /// `data` of the push `unsubscribed`.
    ///
    /// @param resubscribe whether it makes sense to subscribe again
    public record Unsubscribed(String channel, String reason, boolean resubscribe) {}
}

package dev.heddle.acc.wire;

import dev.heddle.broker.History;
import dev.heddle.broker.Message;
import dev.heddle.broker.Publication;
import dev.heddle.channel.Channels;
import dev.heddle.frame.EncodedFrame;
import dev.heddle.json.RawJson;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// Messages about channels, as frames of pushes and as `data` of replies.
public final class Pushes {
    private Pushes() {}

    /// That a subscription was ended by the server.
    public static EncodedFrame unsubscribed(String channel, String reason, boolean resubscribe) {
        return push("unsubscribed", new ChannelData.Unsubscribed(channel, reason, resubscribe));
    }

    /// That a subscription was begun by the server.
    public static EncodedFrame subscribed(ChannelData.Subscribed data) {
        return push("subscribed", data);
    }

    /// A channel's history, as it is written into replies.
    public static ChannelData.History history(String channel, History history) {
        return new ChannelData.History(
                channel,
                history.position().epoch(),
                history.position().offset(),
                null,
                published(history));
    }

    /// The publications of a history, as they are written into replies.
    public static List<ChannelData.Published> published(History history) {
        return history.publications().stream().map(Pushes::published).toList();
    }

    /// The subscribers of a channel, as written into replies.
    public static List<ChannelData.Present> present(Channels channels, String channel) {
        return channels.present(channel).stream()
                .map(
                        each ->
                                new ChannelData.Present(
                                        each.user(), each.connection(), raw(each.info())))
                .toList();
    }

    /// The data of a message as JSON.
    static RawJson data(Message message) {
        return switch (message.kind()) {
            case JSON -> new RawJson(message.data());
            case TEXT -> RawJson.ofText(message.data());
        };
    }

    static @Nullable RawJson raw(@Nullable String json) {
        return json == null ? null : new RawJson(json);
    }

    private static ChannelData.Published published(Publication publication) {
        Message message = publication.message();
        return new ChannelData.Published(
                publication.offset(), data(message), message.from(), message.id());
    }

    static EncodedFrame push(String cmd, Object data) {
        byte[] push = Envelope.push(cmd, data);
        return EncodedFrame.text(push, 0, push.length);
    }
}

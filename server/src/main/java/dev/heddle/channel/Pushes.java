package dev.heddle.channel;

import dev.heddle.broker.History;
import dev.heddle.broker.Message;
import dev.heddle.broker.Publication;
import dev.heddle.command.ChannelData;
import dev.heddle.command.Envelope;
import dev.heddle.frame.EncodedFrame;
import dev.heddle.json.RawJson;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// What subscribers get, as frames, each encoded once for all of them.
public final class Pushes {
    private Pushes() {}

    static EncodedFrame publication(String channel, String epoch, Publication publication) {
        Message message = publication.message();
        long offset = publication.offset();
        var data =
                new ChannelData.Publication(
                        channel,
                        epoch,
                        offset,
                        new RawJson(message.data()),
                        message.from(),
                        message.id());
        return push("publication", data)
                .onlyFor(
                        receiver ->
                                receiver instanceof Subscription subscription
                                        && subscription.isBehind(offset));
    }

    static EncodedFrame join(String channel, Identity who) {
        return toOthers(who, push("join", joined(channel, who)));
    }

    static EncodedFrame leave(String channel, Identity who) {
        return toOthers(who, push("leave", joined(channel, who)));
    }

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

    /// Who is in a channel, as it is written into replies.
    public static List<ChannelData.Present> present(Channels channels, String channel) {
        return channels.present(channel).stream()
                .map(
                        each ->
                                new ChannelData.Present(
                                        each.identity().user(),
                                        each.party().id(),
                                        raw(each.identity().info())))
                .toList();
    }

    private static @Nullable RawJson raw(@Nullable String json) {
        return json == null ? null : new RawJson(json);
    }

    private static ChannelData.Published published(Publication publication) {
        Message message = publication.message();
        return new ChannelData.Published(
                publication.offset(), new RawJson(message.data()), message.from(), message.id());
    }

    private static ChannelData.Join joined(String channel, Identity who) {
        return new ChannelData.Join(channel, who.user(), raw(who.info()));
    }

    private static EncodedFrame toOthers(Identity who, EncodedFrame frame) {
        return frame.onlyFor(
                receiver ->
                        receiver instanceof Subscription subscription
                                && !subscription.identity().user().equals(who.user()));
    }

    private static EncodedFrame push(String cmd, Object data) {
        byte[] push = Envelope.push(cmd, data);
        return EncodedFrame.text(push, 0, push.length);
    }
}

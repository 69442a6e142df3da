package dev.heddle.acc.wire;

import dev.heddle.broker.Message;
import dev.heddle.broker.Publication;
import dev.heddle.frame.EncodedFrame;
import dev.heddle.hub.Fact;
import dev.heddle.hub.Form;
import dev.heddle.json.RawJson;

import org.jspecify.annotations.Nullable;

/// How clients of `/acc` get facts: as pushes in JSON.
public enum AccForm implements Form {

    /// The form for subscribers of a channel: `publication`, `join`, `leave`.
    CHANNEL {
        @Override
        public @Nullable EncodedFrame render(Fact fact) {
            return switch (fact) {
                case Fact.Published published -> publication(published);
                case Fact.Joined(String channel, String user, @Nullable String info) ->
                        join("join", channel, user, info);
                case Fact.Left(String channel, String user, @Nullable String info) ->
                        join("leave", channel, user, info);
                case Fact.Raw _, Fact.Entered _, Fact.Exited _, Fact.Sent _ -> null;
            };
        }
    },

    /// The form for users of a room, and for direct messages: `msg`, `enter`, `exit`, as
    /// gowebsocket writes them.
    ROOM {
        @Override
        public @Nullable EncodedFrame render(Fact fact) {
            return switch (fact) {
                case Fact.Published(_, _, Publication(_, Message message)) -> frame(msg(message));
                case Fact.Sent(String id, String from, String target, String text) ->
                        frame(Envelope.msg(id, from, target, text));
                case Fact.Entered(String user) -> frame(Envelope.enter(user));
                case Fact.Exited(String user) -> frame(Envelope.exit(user));
                case Fact.Raw _, Fact.Joined _, Fact.Left _ -> null;
            };
        }
    };

    private static EncodedFrame publication(Fact.Published published) {
        Publication publication = published.publication();
        Message message = publication.message();
        var data =
                new ChannelData.Publication(
                        published.channel(),
                        published.epoch(),
                        publication.offset(),
                        Pushes.data(message),
                        message.from(),
                        message.id());
        return Pushes.push("publication", data);
    }

    private static EncodedFrame join(
            String push, String channel, String user, @Nullable String info) {
        return Pushes.push(push, new ChannelData.Join(channel, user, Pushes.raw(info)));
    }

    private static byte[] msg(Message message) {
        String id = message.id() == null ? "" : message.id();
        String from = message.from() == null ? "" : message.from();
        return Envelope.msg(id, from, "", text(message));
    }

    /// The text that users of a room read: a backend may publish any JSON in its channel.
    private static String text(Message message) {
        return switch (message.kind()) {
            case JSON -> new RawJson(message.data()).asText();
            case TEXT -> message.data();
        };
    }

    private static EncodedFrame frame(byte[] push) {
        return EncodedFrame.text(push, 0, push.length);
    }
}

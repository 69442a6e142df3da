package dev.heddle.channel;

import dev.heddle.broker.Broker;
import dev.heddle.broker.BrokerUnavailable;
import dev.heddle.broker.Message;
import dev.heddle.broker.Message.Kind;
import dev.heddle.broker.Publication;
import dev.heddle.frame.EncodedFrame;
import dev.heddle.hub.Fanout;
import dev.heddle.hub.RawPublisher;

import org.jspecify.annotations.Nullable;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/// The raw hub of all nodes: a log of its own, whose publications every node hands to its sessions,
/// in one order for all. **Thread-safe.**
final class AllNodes implements RawPublisher {
    /// No channel of anybody has such a name.
    static final String LOG = "\u0002ws";

    private static final int OPCODE = 0x0f;
    private static final int BINARY = 2;

    /// The name of the sender of binary data, of which each byte is a character.
    private static final String BYTES = "bytes";

    private final Broker broker;
    private final Fanout fanout;

    AllNodes(Broker broker, Fanout fanout) {
        this.broker = broker;
        this.fanout = fanout;
        broker.attach(LOG);
    }

    @Override
    public boolean publish(EncodedFrame frame) {
        boolean isBinary = (frame.bytes()[0] & OPCODE) == BINARY;
        Charset charset = isBinary ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8;
        String data =
                new String(frame.bytes(), frame.payloadStart(), frame.payloadLength(), charset);
        @Nullable String from = isBinary ? BYTES : null;
        try {
            broker.publish(LOG, new Message(Kind.TEXT, data, from, null, null), false);
            return true;
        } catch (BrokerUnavailable gone) {
            return false;
        }
    }

    /// Hands on what any node has published.
    boolean deliver(Publication publication) {
        Message message = publication.message();
        return RawPublisher.of(fanout).publish(frame(message));
    }

    private static EncodedFrame frame(Message message) {
        if (message.from() == null) {
            return EncodedFrame.text(message.data());
        }
        byte[] bytes = message.data().getBytes(StandardCharsets.ISO_8859_1);
        return EncodedFrame.binary(bytes, 0, bytes.length);
    }
}

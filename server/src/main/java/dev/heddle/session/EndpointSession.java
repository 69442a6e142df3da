package dev.heddle.session;

import dev.heddle.endpoint.Message;
import dev.heddle.endpoint.Session;
import dev.heddle.frame.CloseCode;
import dev.heddle.frame.EncodedFrame;
import dev.heddle.message.Incoming;
import dev.heddle.outbox.OutboxContext;
import dev.heddle.outbox.Transport;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;

/// A session of an [dev.heddle.endpoint.Endpoint], as the endpoint sees it.
public class EndpointSession extends ClientSession implements Session {
    private final EndpointContext shared;

    EndpointSession(Transport transport, OutboxContext context, EndpointContext shared) {
        super(transport, context);
        this.shared = shared;
    }

    /// The common parts of all sessions of the endpoint.
    final EndpointContext shared() {
        return shared;
    }

    @Override
    protected void opened() {
        if (shared.everyone() != null) {
            shared.everyone().subscribe(this);
        }
        shared.endpoint().opened(this);
    }

    @Override
    protected void message(Incoming.Data message) {
        shared.endpoint().message(this, message);
    }

    @Override
    protected void closed() {
        if (shared.everyone() != null) {
            shared.everyone().unsubscribe(this);
        }
        shared.endpoint().closed(this);
    }

    @Override
    public long id() {
        return outbox().transport().id();
    }

    @Override
    public InetSocketAddress address() {
        return outbox().transport().address();
    }

    @Override
    public Optional<String> subprotocol() {
        return shared.subprotocol();
    }

    @Override
    public void send(String text) {
        sendSoon(EncodedFrame.text(text));
    }

    @Override
    public void send(byte[] bytes) {
        sendSoon(Frames.of(bytes));
    }

    @Override
    public void send(Message message) {
        sendSoon(Frames.of(message));
    }

    @Override
    public boolean offer(String text) {
        return offer(EncodedFrame.text(text));
    }

    @Override
    public boolean offer(byte[] bytes) {
        return offer(Frames.of(bytes));
    }

    @Override
    public boolean offer(Message message) {
        return offer(Frames.of(message));
    }

    @Override
    public void close(int code, String reason) {
        if (code == CloseCode.NO_STATUS_RECEIVED) {
            throw new IllegalArgumentException("no Close frame can carry " + code);
        }
        super.close(code, reason);
    }

    /// Whether the session is open: not once the connection is over, even if no Close frame was
    /// sent.
    @Override
    public boolean isOpen() {
        return super.isOpen() && outbox().isTaking();
    }

    private boolean offer(EncodedFrame frame) {
        return outbox().isTaking() && offerAll(List.of(compressed(frame)), 0) == 1;
    }

    /// Queues a frame. Until the handshake is answered nothing is written, except by the thread
    /// that opens the session: to wait for room would be to wait for ever.
    private void sendSoon(EncodedFrame frame) {
        if (outbox().bytesOut() > 0 || !outbox().isOpening()) {
            send(frame);
        } else if (!offer(frame) && outbox().isTaking()) {
            throw new IllegalStateException(
                    "the handshake is not answered yet, and the outbox full");
        }
    }
}

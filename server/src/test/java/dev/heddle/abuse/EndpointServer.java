package dev.heddle.abuse;

import dev.heddle.buffer.BufferPool;
import dev.heddle.config.MessageRates;
import dev.heddle.config.Settings;
import dev.heddle.config.Subprotocols;
import dev.heddle.endpoint.Endpoint;
import dev.heddle.message.UnfinishedBytes;
import dev.heddle.net.Acceptor;
import dev.heddle.net.Admission;
import dev.heddle.net.Pacing;
import dev.heddle.net.Route;
import dev.heddle.net.Routes;
import dev.heddle.net.RunQueue;
import dev.heddle.net.ServerContext;
import dev.heddle.net.Terms;
import dev.heddle.net.Timeouts;
import dev.heddle.net.TimingWheel;
import dev.heddle.net.Trust;
import dev.heddle.outbox.OutboxContext;
import dev.heddle.session.EndpointSessions;
import dev.heddle.support.TestOutboxes;
import dev.heddle.support.TestTransport;
import dev.heddle.telemetry.Counters;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.Map;
import java.util.Optional;

/// A server of Heddle's own parts around any endpoint, at `/`.
final class EndpointServer implements AutoCloseable {
    private final Counters counters = new Counters();
    private final Admission admission =
            new Admission(Settings.defaults().limits(), Integer.MAX_VALUE);
    private final BufferPool smallBuffers = new BufferPool(4 << 10, 64);
    private final BufferPool largeBuffers = new BufferPool(16 << 10, 64);
    private final TimingWheel wheel = new TimingWheel(counters);
    private final ServerSocket serverSocket;
    private final Acceptor acceptor;

    EndpointServer(Endpoint endpoint) throws IOException {
        Settings settings = Settings.defaults();
        OutboxContext outbox = new TestOutboxes(largeBuffers, counters).context(256, 1 << 20, 500);
        Route.WebSocket route =
                new Route.WebSocket(
                        EndpointSessions.of(endpoint, MessageRates.UNLIMITED),
                        new Terms(
                                "/",
                                settings.endpoints().echo().limits(),
                                outbox,
                                Optional.empty()),
                        Optional.empty(),
                        Subprotocols.NONE);
        ServerContext context =
                new ServerContext(
                        settings.limits(),
                        Timeouts.of(settings.deadlines()),
                        Pacing.of(settings.limits().paces(), new RunQueue()),
                        new Routes(Map.of(), Map.of("/", route)),
                        Trust.of(settings, Optional.empty()),
                        smallBuffers,
                        largeBuffers,
                        new UnfinishedBytes(64 << 20),
                        wheel,
                        admission,
                        counters);
        serverSocket = TestTransport.bind(64);
        acceptor = new Acceptor(serverSocket, context);
        wheel.start();
        acceptor.start();
    }

    int port() {
        return serverSocket.getLocalPort();
    }

    Counters counters() {
        return counters;
    }

    int connections() {
        return admission.connections();
    }

    int leasedBuffers() {
        return smallBuffers.leased() + largeBuffers.leased();
    }

    @Override
    public void close() throws IOException {
        acceptor.close();
        acceptor.abort();
        wheel.stop();
    }
}

package dev.heddle.user;

import dev.heddle.frame.CloseCode;
import dev.heddle.hub.Rendering;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// All open connections to `/acc` by their ids. **Thread-safe, never blocks** but to send.
public final class OpenConnections implements Connections {
    private final Map<Long, Client> clients = new ConcurrentHashMap<>();
    private final ConnectionNames names;

    public OpenConnections(ConnectionNames names) {
        this.names = names;
    }

    /// The names of these connections.
    public ConnectionNames names() {
        return names;
    }

    /// A connection has opened.
    public void add(long id, Client client) {
        clients.put(id, client);
    }

    /// A connection has ended.
    public void remove(long id) {
        clients.remove(id);
    }

    @Override
    public Optional<ConnectionInfo> find(long id) {
        return Optional.ofNullable(clients.get(id)).map(Client::info);
    }

    @Override
    public List<ConnectionInfo> all() {
        return clients.values().stream().map(Client::info).toList();
    }

    @Override
    public int count() {
        return clients.size();
    }

    @Override
    public boolean send(long id, Message message) {
        Client client = clients.get(id);
        return client != null && client.deliver(new Rendering(message.toFact()), System.nanoTime());
    }

    @Override
    public boolean close(long id) {
        Client client = clients.get(id);
        if (client == null) {
            return false;
        }
        client.close(CloseCode.DISCONNECTED, "disconnected");
        return true;
    }
}

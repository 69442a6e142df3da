package dev.heddle.control;

import dev.heddle.user.ConnectionNames;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;

/// The open connections whose messages services handle. **Thread-safe, never blocks.**
public final class Callees {
    private final Map<Long, Callee> byId = new ConcurrentHashMap<>();
    private final ConnectionNames names;

    public Callees(ConnectionNames names) {
        this.names = names;
    }

    /// The names by which services call connections, those to other endpoints too.
    public ConnectionNames names() {
        return names;
    }

    /// The name of a connection.
    public String name(long id) {
        return names.of(id);
    }

    /// The id of the connection with that name, or that id; empty if it is none of this process.
    public OptionalLong id(String name) {
        return names.id(name);
    }

    /// A connection has opened.
    public void add(long id, Callee callee) {
        byId.put(id, callee);
    }

    /// A connection has ended.
    public void remove(long id) {
        byId.remove(id);
    }

    /// The connection with that id; empty when it is gone or never was.
    public Optional<Callee> find(long id) {
        return Optional.ofNullable(byId.get(id));
    }

    /// The connection with that name or id; empty when it is gone or never was.
    public Optional<Callee> find(String name) {
        OptionalLong id = id(name);
        return id.isPresent() ? find(id.getAsLong()) : Optional.empty();
    }

    /// How many there are.
    public int count() {
        return byId.size();
    }
}

package dev.heddle.gateway;

import dev.heddle.acc.Services;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The routes that handle commands on `/acc`. **Immutable.**
final class CommandServices implements Services {
    private static final String ANY = "*";
    private static final int MAX_PREFIX_CHARS = 63;

    /// The longest command that a service is told of, since it becomes a header.
    private static final int MAX_COMMAND_CHARS = 255;

    /// By the names of commands, of which `*` stands for any ending.
    private final Map<String, Service> byCommand = new TreeMap<>();

    CommandServices(Iterable<ServedRoute> routes) {
        for (ServedRoute route : routes) {
            Service service = new CommandService(route);
            route.settings().service().commands().forEach(name -> byCommand.put(name, service));
        }
    }

    /// The longest name decides.
    @Override
    public Optional<Service> find(String command) {
        if (byCommand.isEmpty() || command.length() > MAX_COMMAND_CHARS) {
            return Optional.empty();
        }
        Service found = byCommand.get(command);
        int most = Math.min(command.length(), MAX_PREFIX_CHARS);
        for (int length = most; found == null && length >= 0; length--) {
            found = byCommand.get(command.substring(0, length) + ANY);
        }
        return Optional.ofNullable(found);
    }
}

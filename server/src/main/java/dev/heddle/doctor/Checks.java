package dev.heddle.doctor;

import java.util.List;

/// The table of all that is looked at, in the order in which it is told.
final class Checks {
    /// The checks of limits on the number of connections.
    static final List<Check> OF_CONNECTIONS =
            List.of(
                    FileChecks::openFiles,
                    FileChecks::mostOpenFiles,
                    FileChecks::filesOfTheMachine,
                    MemoryChecks::heap,
                    MemoryChecks::memory,
                    MemoryChecks::memoryOfTheGroup,
                    NetworkChecks::tracking,
                    ProcessorChecks::pings,
                    ServerChecks::connections);

    /// The checks of other limits.
    static final List<Check> OF_THE_REST =
            List.of(
                    ServerChecks::connectionsPerAddress,
                    NetworkChecks::backlog,
                    NetworkChecks::longestBacklog,
                    NetworkChecks::halfOpen,
                    NetworkChecks::ports,
                    MemoryChecks::buffersOfAll,
                    MemoryChecks::receiveBuffer,
                    MemoryChecks::sendBuffer,
                    MemoryChecks::mappings,
                    ServerChecks::transport,
                    ServerChecks::options,
                    ProcessorChecks::clock);

    private Checks() {}
}

package dev.heddle.net.transport;

/// A listener to the events that epoll sees of a descriptor.
interface Watched {
    /// The descriptor.
    int fd();

    /// Something has happened to it, or to an earlier owner of its number. Never blocks.
    ///
    /// @param mask what: bits of [Epoll]
    void happened(int mask);
}

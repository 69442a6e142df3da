package dev.heddle.config;

/// Which sockets the public port has.
public enum SocketKind {
    /// The JDK's.
    JDK,
    /// Our own where they can be had, the JDK's else.
    AUTO
}

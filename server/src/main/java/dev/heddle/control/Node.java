package dev.heddle.control;

import java.util.function.IntSupplier;

/// A server's report about itself. **Thread-safe.**
///
/// @param version of the server
/// @param readiness whether new clients should come
/// @param connections how many its public port has
/// @param drain how it is told to end
public record Node(String version, Readiness readiness, IntSupplier connections, Drain drain) {}

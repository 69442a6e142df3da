package dev.heddle.telemetry;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// The questions that an operator may ask about the connections of the public port.
/// **Thread-safe.** Nobody but the caller waits for the answers.
public interface Inspection {

    /// All WebSocket connections, in no order. Takes time in proportion to their number.
    List<Traffic> connections();

    /// The traffic of one connection; empty when it is gone or never was.
    Optional<Traffic> connection(long id);

    /// The stack of a connection's thread now, the innermost frame first; empty when the connection
    /// is gone, or its thread just changes.
    Optional<StackTraceElement[]> stack(long id);

    /// Looks at the threads of all connections, one after the other, which takes some 20 µs each.
    ///
    /// @throws IOException what the visitor throws
    void visitStacks(StackVisitor visitor) throws IOException;

    /// Is shown the connections and what their threads are doing.
    interface StackVisitor {
        /// Takes one, and may take its time.
        ///
        /// @param stack the innermost frame first; empty when the thread just changes
        void visit(Traffic connection, StackTraceElement[] stack) throws IOException;
    }

    /// Where all connections' threads are.
    Where where();

    /// How many connections are in which place.
    ///
    /// @param connections how many there are
    /// @param sampled how many stacks of those that do not wait for their peers were looked at
    /// @param nanos how long it took to find out
    /// @param places by their number, the largest first
    record Where(int connections, int sampled, long nanos, List<Place> places) {}

    /// One place.
    ///
    /// @param state a phase of the connection, in words: `waiting for a frame`
    /// @param frame the innermost frame of ours, as `Class.method`; empty where the state says it
    ///   all
    /// @param connections how many are there; estimated where not all were looked at
    record Place(String state, String frame, int connections) {}
}

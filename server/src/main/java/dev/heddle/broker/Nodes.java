package dev.heddle.broker;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/// The nodes that share an engine, as one of them sees them. **Thread-safe.**
///
/// A node holds what it holds by a lease. When the lease ends, because the node has died or was
/// stopped for too long, the others end what it held, once; a node that comes back after that is a
/// new one.
public interface Nodes {

    /// The name of this node, unlike any other, also after a restart.
    String self();

    /// The others whose leases have not ended, as of a moment ago.
    List<String> others();

    /// How long a lease is.
    Duration lease();

    /// Says how this node answers to what others ask about a subject, on a thread for each
    /// question, which may block. A question and an answer are lists of texts.
    void answer(String subject, UnaryOperator<List<String>> answerer);

    /// Asks all other nodes, and waits until all have answered, at most for the engine's timeout.
    /// [SilentNodes] are told of those that have not.
    ///
    /// @throws BrokerUnavailable if nobody can be asked, or no answer could come
    Answers ask(String subject, List<String> question);

    /// The answers of the other nodes.
    ///
    /// @param byNode the answers
    /// @param silent the nodes that have not answered
    /// @param isWhole whether every node has answered, also such as have no lease at the moment
    record Answers(Map<String, List<String>> byNode, List<String> silent, boolean isWhole) {
        public Answers {
            byNode = Map.copyOf(byNode);
            silent = List.copyOf(silent);
        }
    }

    /// Where this node is asked alone, for as long as its process lives.
    String address();

    /// Asks one other node, and waits for its answer, at most for the engine's timeout.
    ///
    /// @param address of that node
    /// @throws BrokerUnavailable if it does not answer
    List<String> askOne(String address, String subject, List<String> question);
}

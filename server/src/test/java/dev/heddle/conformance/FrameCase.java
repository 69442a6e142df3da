package dev.heddle.conformance;

import dev.heddle.support.RawClient;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// One case of a table of frames.
///
/// @param line where it stands
/// @param target the endpoint that it speaks to
/// @param exchanges what is sent and what has to come back, by turns
record FrameCase(CaseLine line, String target, List<Exchange> exchanges) {
    private static final String TARGET = "at=";

    /// What is sent, and what the server has to say to it before the next exchange.
    record Exchange(Sending sending, List<Expectation> expectations) {
        Exchange {
            expectations = List.copyOf(expectations);
        }

        /// The same for a tester that has sent the bytes by other means.
        Exchange alreadySent() {
            return new Exchange(sending.alreadySent(), expectations);
        }
    }

    FrameCase {
        exchanges = List.copyOf(exchanges);
    }

    /// Understands the columns of a line: sent, expected, sent, expected ...
    static FrameCase parse(CaseLine line) {
        try {
            String first = line.columns().getFirst();
            if (!first.startsWith(TARGET)) {
                return new FrameCase(line, "/echo", exchanges(line.columns()));
            }
            String[] parts = first.split("\\s+", 2);
            List<String> columns = new ArrayList<>(line.columns());
            columns.set(0, parts.length == 1 ? "" : parts[1]);
            return new FrameCase(line, parts[0].substring(TARGET.length()), exchanges(columns));
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new TableException(line.place(), e);
        }
    }

    /// Plays it over a connection of its own.
    ///
    /// @param patience how long each answer may take
    void play(int port, Duration patience) throws IOException, InterruptedException {
        try (RawClient client = RawClient.open(port, target)) {
            new Conversation(client, patience).play(exchanges);
        } catch (AssertionError e) {
            throw line.failed(e);
        }
    }

    /// Understands columns that begin with what is sent.
    static List<Exchange> exchanges(List<String> columns) {
        if (columns.size() % 2 != 0) {
            throw new TableException("a column of expectations is missing");
        }
        List<Exchange> exchanges = new ArrayList<>();
        Messages joined = new Messages();
        boolean ended = false;
        for (int i = 0; i < columns.size(); i += 2) {
            List<Expectation> expected = Expectation.parse(columns.get(i + 1));
            for (Expectation expectation : expected) {
                if (ended) {
                    throw new TableException("nothing can come after the end");
                }
                ended = expectation.isLast();
            }
            exchanges.add(new Exchange(Sending.parse(columns.get(i), joined), expected));
        }
        if (!ended) {
            throw new TableException("the last expectation must be N, EOF or F");
        }
        return exchanges;
    }
}

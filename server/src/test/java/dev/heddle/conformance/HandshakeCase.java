package dev.heddle.conformance;

import dev.heddle.support.HttpAnswer;
import dev.heddle.support.RawClient;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// One case of the table of handshakes.
///
/// @param line where it stands
/// @param answer what the server must say
/// @param exchanges what follows a 101
record HandshakeCase(CaseLine line, AnswerNotation answer, List<FrameCase.Exchange> exchanges) {
    /// Shorter texts come back by chance.
    private static final int RECOGNISABLE = 8;

    private static final int UPGRADED = 101;
    private static final int FIRST_ERROR = 400;

    HandshakeCase {
        exchanges = List.copyOf(exchanges);
    }

    static HandshakeCase parse(CaseLine line) {
        try {
            List<String> columns = line.columns();
            List<String> frames =
                    columns.size() > 2 ? columns.subList(2, columns.size()) : List.of("", "N");
            return new HandshakeCase(
                    line, AnswerNotation.parse(columns.get(1)), FrameCase.exchanges(frames));
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new TableException(line.place(), e);
        }
    }

    /// Its request to a server at `host`, as a change of one with these headers.
    RequestNotation request(String host, List<String> headers) {
        try {
            return RequestNotation.parse(line.columns().getFirst(), host, headers);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new TableException(line.place(), e);
        }
    }

    /// Plays it over a connection of its own.
    void play(int port) throws IOException, InterruptedException {
        try (RawClient client = RawClient.connect(port)) {
            play(client);
        } catch (AssertionError e) {
            throw line.failed(e);
        }
    }

    private void play(RawClient client) throws IOException, InterruptedException {
        RequestNotation request = request(client.host(), client.upgradeHeaders());
        Sending glued = exchanges.getFirst().sending();
        client.send(glued.bytesAfter(request.bytes()));
        HttpAnswer actual = client.readAnswer(request.method());
        require(answer.matches(actual), "expected " + line.columns().get(1), actual, client);
        boolean isDated = actual.header("Date").endsWith(" GMT");
        require(
                isDated == (actual.status() != UPGRADED),
                "expected Date unless 101",
                actual,
                client);
        if (actual.status() == UPGRADED) {
            client.requireUpgrade(actual);
            List<FrameCase.Exchange> toPlay = new ArrayList<>(exchanges);
            toPlay.set(0, exchanges.getFirst().alreadySent());
            new Conversation(client, RawClient.PATIENCE).play(toPlay);
        } else if (actual.status() >= FIRST_ERROR) {
            boolean closes = Set.of(actual.header("Connection").split(", ", -1)).contains("close");
            require(closes, "expected Connection: close", actual, client);
            for (String value : request.values()) {
                boolean repeated =
                        value.length() >= RECOGNISABLE && actual.toString().contains(value);
                require(!repeated, "expected nothing of what was sent", actual, client);
            }
            client.expectEnd();
        }
    }

    private static void require(
            boolean right, String expected, HttpAnswer actual, RawClient client) {
        if (!right) {
            throw client.failure(expected + ", got " + actual);
        }
    }
}

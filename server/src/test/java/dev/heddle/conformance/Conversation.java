package dev.heddle.conformance;

import dev.heddle.support.RawClient;
import dev.heddle.support.RawFrame;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Queue;

/// Plays exchanges over a connection whose opening handshake is done. What is sent goes out on a
/// thread of its own, so that a server which answers early is never kept waiting by the tester.
final class Conversation {
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final RawClient client;
    private final Duration patience;
    private final Queue<RawFrame> owedEchoes = new ArrayDeque<>();
    private final Queue<RawFrame> owedPongs = new ArrayDeque<>();
    private final List<IOException> sendFailures = new ArrayList<>();

    Conversation(RawClient client, Duration patience) {
        this.client = client;
        this.patience = patience;
    }

    void play(List<FrameCase.Exchange> exchanges) throws IOException, InterruptedException {
        for (FrameCase.Exchange exchange : exchanges) {
            for (int round = 0; round < exchange.sending().rounds(); round++) {
                play(exchange);
            }
        }
    }

    private void play(FrameCase.Exchange exchange) throws IOException, InterruptedException {
        owedEchoes.addAll(exchange.sending().messages());
        owedPongs.addAll(exchange.sending().pings());
        Thread sender = Thread.startVirtualThread(() -> send(exchange.sending().steps()));
        try {
            for (Expectation expectation : exchange.expectations()) {
                client.readWithin(patience);
                if (expectation instanceof Expectation.NormalClose) {
                    sender.join();
                }
                require(expectation);
            }
        } catch (AssertionError e) {
            sendFailures.forEach(e::addSuppressed);
            client.close();
            throw e;
        } finally {
            sender.join();
        }
    }

    /// A server that fails the connection need not read the rest: what matters is what it answered.
    private void send(List<SendStep> steps) {
        try {
            for (SendStep step : steps) {
                switch (step) {
                    case SendStep.Write(byte[] bytes, int chop) -> client.sendInChops(bytes, chop);
                    case SendStep.Pause() -> Thread.sleep(PAUSE);
                    case SendStep.HalfClose() -> client.endOutput();
                }
            }
        } catch (IOException e) {
            sendFailures.add(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void require(Expectation expectation) throws IOException {
        switch (expectation) {
            case Expectation.Echo() -> requireFrame(owedEchoes.remove());
            case Expectation.Frame(RawFrame frame) -> requireFrame(frame);
            case Expectation.NewestPong(RawFrame frame) -> requireNewestPong(frame);
            case Expectation.NormalClose() -> {
                client.send(RawFrame.close(1000, ""));
                requireEndAfter(RawFrame.close(1000, ""));
            }
            case Expectation.Failure(int code) -> requireEndAfter(RawFrame.close(code, ""));
            case Expectation.End(boolean closeAllowed) -> {
                Optional<RawFrame> frame = client.readFrameOrEnd();
                if (frame.isPresent()) {
                    boolean close = closeAllowed && frame.get().opcode() == RawFrame.CLOSE;
                    require(close, "the end of the stream", frame.get());
                    client.expectEnd();
                }
            }
        }
    }

    private void requireEndAfter(RawFrame close) throws IOException {
        requireFrame(close);
        client.expectEnd();
    }

    private void requireNewestPong(RawFrame newest) throws IOException {
        RawFrame pong;
        do {
            pong = client.readFrame();
            require(pong.opcode() == RawFrame.PONG && answersOwedPing(pong), newest, pong);
        } while (!Arrays.equals(pong.payload(), newest.payload()));
    }

    /// Whether a ping that is newer than all answered so far has this payload.
    private boolean answersOwedPing(RawFrame pong) {
        while (!owedPongs.isEmpty()) {
            if (Arrays.equals(owedPongs.remove().payload(), pong.payload())) {
                return true;
            }
        }
        return false;
    }

    private void requireFrame(RawFrame expected) throws IOException {
        RawFrame actual = client.readFrame();
        boolean same =
                expected.opcode() == RawFrame.CLOSE
                        ? expected.closeCode() == actual.closeCode()
                        : Arrays.equals(expected.payload(), actual.payload());
        require(same && expected.opcode() == actual.opcode() && actual.fin(), expected, actual);
    }

    private void require(boolean right, Object expected, RawFrame actual) {
        if (!right) {
            throw client.failure("expected " + expected + ", got " + actual);
        }
    }
}

package dev.heddle.support;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.Heddle;

import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/// That the check which all tests of a server rely on sees what is left over.
class LeakCheckTest {
    private Heddle server;
    private LeakCheck leaks;

    @BeforeEach
    void start() throws IOException {
        server =
                Heddle.start(
                        TestServer.configured(
                                Map.of(
                                        "HEDDLE_DIAGNOSTICS", "true",
                                        "HEDDLE_ECHO_DEFLATE", "true")));
        leaks = new LeakCheck(server, Duration.ofMillis(500));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private String failure() {
        return assertThrows(ConditionTimeoutException.class, leaks::awaitNothingLeft).toString();
    }

    @Test
    void seesAConnection() throws IOException {
        try (RawClient client = RawClient.open(server.port(), "/echo")) {
            String failure = failure();
            assertTrue(failure.contains("1 connections and 0 leased buffers"), failure);
            client.send(RawFrame.close(1000, ""));
            client.expectClose(1000);
        }
        leaks.awaitNothingLeft();
    }

    /// An inflater counts as one; a buffer of a pool is given back while a client is silent.
    @Test
    void seesALeasedBuffer() throws IOException {
        String offer = "permessage-deflate";
        try (RawClient client = RawClient.open(server.port(), "/echo", offer, offer)) {
            client.send(RawFrame.binary((byte) 'b').rsv(4).declaring(10_000));
            String failure = failure();
            assertTrue(failure.matches("(?s).*1 connections and [1-9] leased buffers.*"), failure);
        }
        leaks.awaitNothingLeft();
    }

    @Test
    void seesAVirtualThreadWithOurCode() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        Thread left = Thread.startVirtualThread(() -> waitFor(begun, end));
        begun.await();
        String failure = failure();
        assertTrue(failure.contains("LeakCheckTest.waitFor"), failure);
        end.countDown();
        left.join();
        leaks.awaitNothingLeft();
    }

    private static void waitFor(CountDownLatch begun, CountDownLatch end) {
        begun.countDown();
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

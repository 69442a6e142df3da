package dev.heddle.sdk;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

import java.util.Map;

/// Scenarios whose server is made up by the script; at the end of each no timer may be left.
abstract class FakedScenarios {
    Sdk sdk;

    abstract Script script(int port) throws Exception;

    @BeforeEach
    void begin() throws Exception {
        sdk = new Sdk(this::script, Map.of());
    }

    @AfterEach
    void end() throws Exception {
        sdk.run("globalThis.heddle?.close(); await pause(20)");
        Object left = sdk.value("timers.size");
        sdk.close();
        assertEquals("0", String.valueOf(left), "timers");
    }
}

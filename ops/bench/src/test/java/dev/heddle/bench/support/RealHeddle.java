package dev.heddle.bench.support;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.heddle.Heddle;
import dev.heddle.config.Configuration;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Starts the server in this process, on free ports of loopback.
public final class RealHeddle {
    private RealHeddle() {}

    /// Starts one with these settings and those that all tests have.
    ///
    /// @param more variables of its environment
    public static Heddle start(Map<String, String> more) throws Exception {
        Map<String, String> environment = new HashMap<>(more);
        environment.put("HEDDLE_HOST", "127.0.0.1");
        environment.put("HEDDLE_PORT", "0");
        environment.put("HEDDLE_INTERNAL_PORT", "0");
        environment.put("HEDDLE_WARM_UP", "0s");
        environment.put("HEDDLE_DIAGNOSTICS", "true");
        Configuration.Reading reading =
                Configuration.read(Optional.empty(), environment, List.of());
        return Heddle.start(
                assertInstanceOf(Configuration.Reading.Good.class, reading)
                        .configuration()
                        .settings());
    }
}

package dev.heddle.bench.soak;

import dev.heddle.bench.scenario.Scenario;

import java.util.LinkedHashMap;
import java.util.Map;

/// What runs beside each other, each for the whole time. On the machine on which it was chosen it
/// keeps the server at about 40 % of one core.
///
/// @param minutes how long
record Mix(double minutes) {
    static final int LAGGARDS_OF_A_HABIT = 10;

    private static final int IN_FLIGHT = 64;
    private static final int MESSAGES_PER_SECOND = 20;
    private static final double WAVE_SECONDS = 15;

    /// Opening and closing a wave takes the rest of its time.
    private static final double WAVE_HOLD_SECONDS = 14.4;

    private static final double CLOSE_WAIT = 8;

    /// A scenario, and what it connects to.
    record Part(String path, Scenario scenario) {}

    /// By name.
    Map<String, Part> parts() {
        double seconds = minutes * 60;
        Map<String, Part> parts = new LinkedHashMap<>();
        parts.put(
                "broadcast",
                new Part(
                        "/ws",
                        new Scenario.Broadcast(
                                1000,
                                IN_FLIGHT,
                                (int) (seconds * MESSAGES_PER_SECOND),
                                MESSAGES_PER_SECOND,
                                0,
                                1000,
                                "",
                                0,
                                30,
                                seconds + 120)));
        parts.put(
                "echo",
                new Part("/echo", new Scenario.Echo(500, IN_FLIGHT, 1, 125, 0, seconds, 4000)));
        parts.put(
                "churn", new Part("/ws", new Scenario.Churn(IN_FLIGHT, 200, seconds, CLOSE_WAIT)));
        parts.put(
                "idle",
                new Part("/echo", new Scenario.Connect(3000, IN_FLIGHT, 1, seconds, CLOSE_WAIT)));
        parts.put(
                "waves",
                new Part(
                        "/echo",
                        new Scenario.Connect(
                                500,
                                IN_FLIGHT,
                                Math.max(1, (int) (seconds / WAVE_SECONDS)),
                                WAVE_HOLD_SECONDS,
                                CLOSE_WAIT)));
        return parts;
    }
}

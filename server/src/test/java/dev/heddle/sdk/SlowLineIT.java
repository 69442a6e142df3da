package dev.heddle.sdk;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.heddle.support.SlowLine;

import org.junit.jupiter.api.Test;

import java.util.Map;

/// A client that has missed much in many channels comes back over a slow but steady line, and gets
/// it at the line's rate. That takes longer than each deadline, of which the long ones are shorter
/// here.
class SlowLineIT {
    private static final int CHANNELS = 20;
    private static final int EACH = 40;
    private static final int BYTES_PER_SECOND = 80 << 10;

    private static final Map<String, String> SETTINGS =
            Map.of(
                    "HEDDLE_DEADLINES_WRITE", "3s",
                    "HEDDLE_DEADLINES_PING_INTERVAL", "500ms",
                    "HEDDLE_DEADLINES_PONG", "500ms",
                    "HEDDLE_SENDING_PORTION_BYTES", "24KiB",
                    "HEDDLE_CHANNELS_RULES", "slow:* history=1000");

    @Test
    void whatWasMissedIsRecoveredInOneConnectionHoweverLongItTakes() throws Exception {
        try (Sdk sdk = new Sdk(NodeRuns::new, SETTINGS)) {
            sdk.run(
                    """
                    open({ timeoutMs: 3000, silenceMs: 3000, openTimeoutMs: 5000 });
                    globalThis.logs = Array.from({ length: CHANNELS }, (_, i) => listen(`slow:${i}`));
                    """
                            .replace("CHANNELS", "" + CHANNELS));
            sdk.await("logs.every(({ begun }) => begun.length === 1)");
            sdk.leaveNobodyThere();
            sdk.network().cut();
            String body = "{\"data\":\"%s\"}".formatted("x".repeat(1000));
            for (int i = 0; i < CHANNELS * EACH; i++) {
                sdk.call("POST", "channels/slow:" + i % CHANNELS + "/publications", body);
            }
            try (SlowLine line = new SlowLine(sdk.port(), BYTES_PER_SECOND)) {
                sdk.network().leadTo(line.port());
                sdk.await("logs.every(({ got }) => got.length >= EACH)".replace("EACH", "" + EACH));
                sdk.assertIs(
                        "true",
                        "logs.every(({ begun, got, errors }) => begun.join() === ',true'"
                                + " && got.length === %d && errors.length === 0)".formatted(EACH));
                sdk.run("await heddle.request('heartbeat')");
                assertEquals(1, line.accepted());
                sdk.run("heddle.close()");
            }
        }
    }
}

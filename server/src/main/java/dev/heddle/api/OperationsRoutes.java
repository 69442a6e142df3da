package dev.heddle.api;

import dev.heddle.telemetry.Metrics;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.function.BooleanSupplier;

/// `/livez`, `/readyz` and `/metrics`, for operators and orchestrators.
///
/// Alive is whoever answers; ready is who takes new connections, so a draining server is alive and
/// not ready. Both may be asked without a key, since an orchestrator's probes have none.
final class OperationsRoutes {
    private final Metrics metrics;
    private final BooleanSupplier ready;

    /// @param ready whether new connections are taken
    OperationsRoutes(Metrics metrics, BooleanSupplier ready) {
        this.metrics = metrics;
        this.ready = ready;
    }

    List<Route> routes() {
        return List.of(
                Route.open("/livez", _ -> Answer.text(200, "alive")),
                Route.open("/readyz", this::ready),
                Route.get("/metrics", this::metrics));
    }

    private Answer ready(Call call) {
        boolean isReady = ready.getAsBoolean();
        return isReady ? Answer.text(200, "ready") : Answer.text(503, "draining");
    }

    private Answer metrics(Call call) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        metrics.writeTo(body);
        return Answer.ok(metrics.contentType(), body.toByteArray());
    }
}

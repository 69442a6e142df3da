package dev.heddle.api.inside;

import dev.heddle.api.http.Answer;
import dev.heddle.api.http.Call;
import dev.heddle.api.http.Route;
import dev.heddle.control.Readiness;
import dev.heddle.telemetry.Metrics;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;

/// `/livez`, `/readyz` and `/metrics`, for operators and orchestrators.
///
/// A server that answers is alive; one that takes new connections is ready. So a draining one is
/// alive and not ready, nor is one whose connections are all in use. Both may be asked without a
/// key, since an orchestrator's probes have none.
final class OperationsRoutes {
    private final Metrics metrics;
    private final Readiness readiness;

    /// @param readiness whether new clients should come
    OperationsRoutes(Metrics metrics, Readiness readiness) {
        this.metrics = metrics;
        this.readiness = readiness;
    }

    List<Route> routes() {
        return List.of(
                Route.open("/livez", _ -> Answer.text(200, "alive")),
                Route.open("/readyz", this::ready),
                Route.get("/metrics", this::metrics));
    }

    private Answer ready(Call call) {
        return readiness
                .obstacle()
                .map(why -> Answer.text(503, why))
                .orElseGet(() -> Answer.text(200, "ready"));
    }

    private Answer metrics(Call call) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        metrics.writeTo(body);
        return Answer.ok(metrics.contentType(), body.toByteArray());
    }
}

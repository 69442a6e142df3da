package dev.heddle.api.inside;

import dev.heddle.api.http.Route;
import dev.heddle.control.Readiness;

import java.util.List;
import java.util.stream.Stream;

/// The routes for operators: health, metrics, `/debug`, recordings, and the dashboard.
public final class InsideRoutes {
    private InsideRoutes() {}

    /// Returns all routes for operators.
    public static List<Route> of(Readiness readiness, Insight insight) {
        return Stream.of(
                        new OperationsRoutes(insight.metrics(), readiness).routes(),
                        new DebugRoutes(insight).routes(),
                        new RecordingRoutes(insight).routes(),
                        DashboardRoutes.routes())
                .flatMap(List::stream)
                .toList();
    }
}

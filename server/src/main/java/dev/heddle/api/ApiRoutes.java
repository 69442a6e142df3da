package dev.heddle.api;

import dev.heddle.api.aws.AtConnectionsRoutes;
import dev.heddle.api.gowebsocket.Dialect;
import dev.heddle.api.gowebsocket.GowebsocketRoutes;
import dev.heddle.api.http.Route;
import dev.heddle.api.inside.InsideRoutes;
import dev.heddle.api.inside.Insight;
import dev.heddle.api.v1.V1Routes;
import dev.heddle.broker.Cluster;
import dev.heddle.control.Control;
import dev.heddle.control.Node;

import java.util.List;
import java.util.stream.Stream;

/// Everything that there is on the internal port.
public final class ApiRoutes {
    private ApiRoutes() {}

    /// Returns the routes of all APIs.
    public static List<Route> of(Node node, Control control, Insight insight, Dialect dialect) {
        CarriedCalls calls =
                new CarriedCalls(
                        control.people().callees().names(),
                        control.channels().cluster().map(Cluster::nodes));
        return Stream.of(
                        InsideRoutes.of(node.readiness(), insight),
                        GowebsocketRoutes.of(node, control, dialect),
                        V1Routes.of(node, control).stream().map(calls::carry).toList(),
                        AtConnectionsRoutes.of(control.people().callees()).stream()
                                .map(calls::carry)
                                .toList())
                .flatMap(List::stream)
                .toList();
    }
}

package dev.heddle.api.v1;

import dev.heddle.api.http.Refusal;
import dev.heddle.api.http.Route;
import dev.heddle.control.Control;
import dev.heddle.control.Node;
import dev.heddle.control.Readiness;

import java.util.List;
import java.util.stream.Stream;

/// `/api/v1`, as `openapi.json` describes it.
public final class V1Routes {
    private V1Routes() {}

    /// Returns all routes of `/api/v1`.
    public static List<Route> of(Node node, Control control) {
        Messages messages = new Messages(control.sender());
        return Stream.of(
                        new ServerRoutes(node, control.people(), messages).routes(),
                        new NodeRoutes(node, control.channels().cluster()).routes(),
                        new UserRoutes(control.people(), messages).routes(),
                        new RoomRoutes(control.people().presence(), messages).routes(),
                        new ConnectionRoutes(
                                        control.people().connections(),
                                        control.people().callees(),
                                        messages)
                                .routes(),
                        new ChannelRoutes(control.channels(), control.people().presence()).routes())
                .flatMap(List::stream)
                .map(route -> careful(route, node.readiness()))
                .toList();
    }

    /// The same route, but if it sends or changes something, refused while the server drains, and
    /// with a query that it does not take: whoever sends one means something else.
    private static Route careful(Route route, Readiness readiness) {
        if (route.method().equals("GET")) {
            return route;
        }
        return route.with(
                call -> {
                    if (readiness.isDraining()) {
                        throw Refusal.draining();
                    }
                    if (!route.hasQuery()) {
                        var _ = call.query();
                    }
                    return route.handler().answer(call);
                });
    }
}

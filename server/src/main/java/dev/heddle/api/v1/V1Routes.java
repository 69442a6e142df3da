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
                .map(route -> whileNotDraining(route, node.readiness()))
                .toList();
    }

    /// The same route, but refused while the server drains if it sends or changes something.
    private static Route whileNotDraining(Route route, Readiness readiness) {
        if (route.method().equals("GET")) {
            return route;
        }
        return route.with(
                call -> {
                    if (readiness.isDraining()) {
                        throw Refusal.draining();
                    }
                    return route.handler().answer(call);
                });
    }
}

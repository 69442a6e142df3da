package dev.heddle.net;

import dev.heddle.handshake.Handshake;
import dev.heddle.http.RequestHead;

import org.jspecify.annotations.Nullable;

import java.util.Map;

/// Where the paths of the public port lead. One path may be both a resource and an endpoint.
///
/// @param resources what plain requests get
/// @param endpoints what opening handshakes are for
public record Routes(Map<String, Route> resources, Map<String, Route.WebSocket> endpoints) {

    public Routes {
        resources = Map.copyOf(resources);
        endpoints = Map.copyOf(endpoints);
    }

    /// Where a request leads; `null` if nothing is there. A request that means to be an opening
    /// handshake leads to the endpoint, and every other one to the resource if there is one.
    @Nullable Route find(RequestHead head) {
        Route.WebSocket endpoint = endpoints.get(head.path());
        Route resource = resources.get(head.path());
        boolean isForEndpoint =
                endpoint != null
                        && (resource == null
                                || head.method().equals("GET") && Handshake.isMeant(head));
        return isForEndpoint ? endpoint : resource;
    }
}

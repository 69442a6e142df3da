package dev.heddle;

import dev.heddle.acc.AccContext;
import dev.heddle.acc.AccEndpoint;
import dev.heddle.acc.wire.Command;
import dev.heddle.acc.wire.Reply;
import dev.heddle.auth.RequestLogin;
import dev.heddle.config.AccSettings;
import dev.heddle.config.Authority;
import dev.heddle.config.CommandRates;
import dev.heddle.config.EndpointLimits;
import dev.heddle.config.EndpointSettings;
import dev.heddle.config.Endpoints;
import dev.heddle.config.Profile;
import dev.heddle.deflate.Deflation;
import dev.heddle.frame.EncodedFrame;
import dev.heddle.http.Response;
import dev.heddle.http.Status;
import dev.heddle.net.Route;
import dev.heddle.net.Routes;
import dev.heddle.net.Terms;
import dev.heddle.outbox.OutboxContext;
import dev.heddle.session.AllSessions;
import dev.heddle.session.BroadcastEndpoint;
import dev.heddle.session.EchoEndpoint;
import dev.heddle.session.SessionFactory;
import dev.heddle.user.LoginCheck;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntSupplier;
import java.util.stream.Stream;

/// Where the paths of the public port lead: pages, the endpoints of the settings, and those that a
/// program brings.
///
/// @param internalPort known once somebody asks for the page that shows it
record PublicRoutes(Core core, IntSupplier internalPort) {
    /// Makes the routes.
    ///
    /// @param mounts endpoints of a program, beside those of the settings
    Routes routes(List<Mount> mounts) {
        Endpoints endpoints = core.settings.endpoints();
        List<Mount> all = new ArrayList<>(mounts);
        all.add(
                Mount.of(
                        endpoints.ws(),
                        new BroadcastEndpoint(
                                new AllSessions(core.toEveryone),
                                core.settings.cluster().spansWs()),
                        core.everyone));
        all.add(
                Mount.ofSessions(
                        endpoints.acc().endpoint(),
                        new AccEndpoint(accContext(), core.gateway.commands())));
        all.add(Mount.of(endpoints.echo(), new EchoEndpoint()));
        endpoints
                .gateway()
                .forEach(
                        route ->
                                all.add(
                                        Mount.ofSessions(
                                                route.endpoint(), core.gateway.sessions(route))));
        Map<String, Route.WebSocket> routes = new HashMap<>();
        all.stream()
                .filter(mount -> mount.where().enabled())
                .flatMap(mount -> routes(mount.where(), mount.sessions(core.hub)))
                .forEach(route -> routes.put(route.path(), route));
        return new Routes(resources(), routes);
    }

    private Stream<Route.WebSocket> routes(EndpointSettings where, SessionFactory sessions) {
        OutboxContext outbox = outbox(where.limits());
        Optional<Deflation> deflation = Optional.of(core.deflation).filter(_ -> where.deflate());
        Optional<RequestLogin> login =
                core.tokenLogin().filter(_ -> where.login()).map(RequestLogin::new);
        return where.paths().stream()
                .map(path -> new Terms(path, where.limits(), outbox, deflation))
                .map(terms -> new Route.WebSocket(sessions, terms, login, where.subprotocols()));
    }

    private Map<String, Route> resources() {
        Map<String, Route> resources = new HashMap<>(Pages.routes());
        resources.put(
                "/examples/bell.html",
                Pages.bell(
                        () ->
                                Authority.here(
                                        core.settings.internal().host(), internalPort.getAsInt())));
        if (core.settings.endpoints().echo().enabled()) {
            EncodedFrame testMessage = EncodedFrame.text("test message");
            resources.put(
                    "/benchmark",
                    new Route.Action(
                            () ->
                                    core.toEveryone.publish(testMessage)
                                            ? Response.empty(Status.OK)
                                            : Response.empty(Status.SERVICE_UNAVAILABLE)
                                                    .with("Retry-After", "5")));
        }
        return resources;
    }

    private AccContext accContext() {
        AccSettings acc = core.settings.endpoints().acc();
        return new AccContext(
                core.rooms,
                core.channels,
                core.userConnections,
                core.tokenLogin().<LoginCheck>map(login -> login).orElse(LoginCheck.OPEN),
                acc.users(),
                acc.commands(),
                loggedIn(),
                acc.messages(),
                InstantSource.system(),
                core.counters);
    }

    /// Clients of gowebsocket get what they know: nothing.
    private Reply loggedIn() {
        if (core.settings.server().profile() == Profile.GOWEBSOCKET) {
            return Reply.ok();
        }
        EndpointLimits limits = core.settings.endpoints().acc().endpoint().limits();
        CommandRates rates = core.settings.endpoints().acc().commands();
        return Reply.ok(
                new Command.LoggedIn(
                        new Command.Limits(
                                Math.min(limits.maxFrameBytes(), limits.maxMessageBytes()),
                                core.channels.maxSubscriptions(),
                                rates.maxPerSecond(),
                                rates.maxBurst())));
    }

    private OutboxContext outbox(EndpointLimits limits) {
        return new OutboxContext(
                new OutboxContext.Bounds(
                        limits.maxOutboxMessages(),
                        limits.maxOutboxBytes(),
                        Math.toIntExact(
                                core.settings.deadlines().sending().slowConsumer().toMillis()),
                        core.settings.sending(),
                        core.queued),
                core.writers,
                core.largeBuffers,
                core.counters,
                core.farewell,
                null);
    }
}

package dev.heddle.api;

import dev.heddle.user.ConnectionInfo;
import dev.heddle.user.Message;
import dev.heddle.user.Messenger;
import dev.heddle.user.Presence;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/// `/api/v1/users`: who is logged in, in all rooms together and in none.
final class UserRoutes {
    private static final String SUBSCRIPTION = "/api/v1/users/{user}/subscriptions/{channel}";

    private final Presence presence;
    private final Messenger messenger;
    private final Sending sending;

    UserRoutes(ApiContext context, Sending sending) {
        this.presence = context.presence();
        this.messenger = context.messenger();
        this.sending = sending;
    }

    private record Listed(String user, List<Integer> rooms) {}

    private record Users(List<Listed> users, int total, @Nullable String next) {}

    private record InRoom(int room, boolean online, int sessions) {}

    private record User(String user, boolean online, List<InRoom> rooms) {}

    private record Sessions(String user, List<Connection> sessions) {}

    private record Disconnected(int disconnected) {}

    private record Changed(int connections) {}

    private record ToUser(
            @Nullable String id,
            @Nullable String from,
            @Nullable String text,
            @Nullable Integer room) {}

    List<Route> routes() {
        return List.of(
                Route.get("/api/v1/users", this::list),
                Route.get("/api/v1/users/{user}", this::get),
                Route.get("/api/v1/users/{user}/sessions", this::sessions),
                Route.post("/api/v1/users/{user}/disconnect", this::disconnect),
                Route.post("/api/v1/users/{user}/messages", this::send),
                Route.put(SUBSCRIPTION, this::subscribe),
                Route.delete(SUBSCRIPTION, this::unsubscribe));
    }

    private Answer list(Call call) throws Refusal {
        TreeMap<String, Listed> all = new TreeMap<>();
        for (int room : places()) {
            for (String user : presence.users(room)) {
                all.computeIfAbsent(user, _ -> new Listed(user, new ArrayList<>()))
                        .rooms()
                        .add(room);
            }
        }
        Page<Listed> page = Page.of(all, call.query());
        return Answer.json(new Users(page.elements(), all.size(), page.next()));
    }

    private Answer get(Call call) throws Refusal {
        String user = call.variable("user");
        List<InRoom> rooms =
                roomsOf(user).stream()
                        .map(
                                room ->
                                        new InRoom(
                                                room,
                                                presence.isOnline(room, user),
                                                presence.connections(room, user).size()))
                        .toList();
        boolean isOnline = rooms.stream().anyMatch(InRoom::online);
        return Answer.json(new User(user, isOnline, rooms));
    }

    private Answer sessions(Call call) throws Refusal {
        String user = call.variable("user");
        List<Connection> sessions = new ArrayList<>();
        for (int room : roomsOf(user)) {
            for (ConnectionInfo info : presence.connections(room, user)) {
                sessions.add(Connection.of(info));
            }
        }
        return Answer.json(new Sessions(user, sessions));
    }

    private Answer disconnect(Call call) throws Refusal {
        String user = call.variable("user");
        int disconnected = 0;
        for (int room : roomsOf(user)) {
            disconnected += messenger.disconnect(room, user);
        }
        return Answer.json(new Disconnected(disconnected));
    }

    private Answer subscribe(Call call) throws Refusal {
        String channel = ChannelRoutes.name(call.variable("channel"), presence.rooms());
        String user = call.variable("user");
        var _ = roomsOf(user);
        int connections = messenger.subscribe(user, channel);
        if (connections == 0) {
            throw new Refusal(
                    ProblemType.NOT_TAKEN, "the connections have too many subscriptions, or go");
        }
        return Answer.json(new Changed(connections));
    }

    private Answer unsubscribe(Call call) throws Refusal {
        String channel = ChannelRoutes.name(call.variable("channel"), presence.rooms());
        String user = call.variable("user");
        var _ = roomsOf(user);
        return Answer.json(new Changed(messenger.unsubscribe(user, channel)));
    }

    private Answer send(Call call) throws Refusal, IOException {
        String user = call.variable("user");
        ToUser request = call.json(ToUser.class);
        Message message = sending.message(request.id(), request.from(), request.text()).to(user);
        Integer only = request.room();
        List<Integer> rooms = only == null ? roomsOf(user) : List.of(requireIn(only, user));
        return sending.once(
                message,
                "user " + user + (only == null ? "" : " in " + only),
                () -> {
                    boolean isTaken = false;
                    for (int room : rooms) {
                        isTaken |= messenger.send(room, user, message);
                    }
                    return isTaken;
                });
    }

    /// All rooms, and what stands for none.
    private List<Integer> places() {
        List<Integer> places = new ArrayList<>(presence.rooms());
        places.add(Presence.NO_ROOM);
        return places;
    }

    /// The rooms that a user is logged in to, of which there is one.
    private List<Integer> roomsOf(String user) throws Refusal {
        List<Integer> rooms =
                places().stream()
                        .filter(room -> !presence.connections(room, user).isEmpty())
                        .toList();
        if (rooms.isEmpty()) {
            throw new Refusal(ProblemType.NOT_LOGGED_IN, "no connection is theirs");
        }
        return rooms;
    }

    private int requireIn(int room, String user) throws Refusal {
        if (!presence.rooms().contains(room)) {
            throw RoomRoutes.noSuchRoom();
        }
        if (presence.connections(room, user).isEmpty()) {
            throw new Refusal(ProblemType.NOT_LOGGED_IN, "the user is not in that room");
        }
        return room;
    }
}

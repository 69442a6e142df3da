package dev.heddle.api.v1;

import dev.heddle.api.http.Answer;
import dev.heddle.api.http.Call;
import dev.heddle.api.http.ProblemType;
import dev.heddle.api.http.Refusal;
import dev.heddle.api.http.Route;
import dev.heddle.control.People;
import dev.heddle.control.Receivers;
import dev.heddle.user.ConnectionInfo;
import dev.heddle.user.Message;
import dev.heddle.user.Presence;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/// `/api/v1/users`: the users who are logged in, in all rooms together and in none.
final class UserRoutes {
    private static final String SUBSCRIPTION = "/api/v1/users/{user}/subscriptions/{channel}";

    private final People people;
    private final Presence presence;
    private final Messages messages;

    UserRoutes(People people, Messages messages) {
        this.people = people;
        this.presence = people.presence();
        this.messages = messages;
    }

    private record Listed(String user, List<Integer> rooms) {}

    private record Users(List<Listed> users, int total, @Nullable String next) {}

    private record InRoom(int room, boolean online, int sessions) {}

    private record User(String user, boolean online, List<InRoom> rooms) {}

    private record Sessions(String user, List<ConnectionRow> sessions) {}

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
        for (int room : people.places()) {
            for (String user : presence.users(room)) {
                all.computeIfAbsent(user, _ -> new Listed(user, new ArrayList<>()))
                        .rooms()
                        .add(room);
            }
        }
        Page<Listed> page = Page.of(all, call);
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
        List<ConnectionRow> sessions = new ArrayList<>();
        for (int room : roomsOf(user)) {
            for (ConnectionInfo info : presence.connections(room, user)) {
                sessions.add(ConnectionRow.of(info));
            }
        }
        return Answer.json(new Sessions(user, sessions));
    }

    private Answer disconnect(Call call) throws Refusal {
        String user = call.variable("user");
        return Answer.json(new Disconnected(people.disconnect(roomsOf(user), user)));
    }

    private Answer subscribe(Call call) throws Refusal {
        String channel = ChannelRoutes.name(call.variable("channel"), presence.rooms());
        String user = call.variable("user");
        var _ = roomsOf(user);
        int connections = people.messenger().subscribe(user, channel);
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
        return Answer.json(new Changed(people.messenger().unsubscribe(user, channel)));
    }

    private Answer send(Call call) throws Refusal, IOException {
        String user = call.variable("user");
        ToUser request = call.json(ToUser.class);
        Message message = messages.message(request.id(), request.from(), request.text()).to(user);
        return messages.send(message, receivers(user, request.room()));
    }

    private Receivers receivers(String user, @Nullable Integer room) throws Refusal {
        if (room == null) {
            var _ = roomsOf(user);
            return new Receivers.User(user);
        }
        if (!presence.rooms().contains(room)) {
            throw RoomRoutes.noSuchRoom();
        }
        if (!people.isIn(room, user)) {
            throw new Refusal(ProblemType.NOT_LOGGED_IN, "the user is not in that room");
        }
        return new Receivers.UserInRoom(room, user);
    }

    /// The rooms that a user is logged in to, of which there is one.
    private List<Integer> roomsOf(String user) throws Refusal {
        List<Integer> rooms = people.placesOf(user);
        if (rooms.isEmpty()) {
            throw new Refusal(ProblemType.NOT_LOGGED_IN, "no connection is theirs");
        }
        return rooms;
    }
}

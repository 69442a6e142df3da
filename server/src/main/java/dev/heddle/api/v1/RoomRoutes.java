package dev.heddle.api.v1;

import dev.heddle.api.http.Answer;
import dev.heddle.api.http.Call;
import dev.heddle.api.http.ProblemType;
import dev.heddle.api.http.Refusal;
import dev.heddle.api.http.Route;
import dev.heddle.control.Receivers;
import dev.heddle.user.Message;
import dev.heddle.user.Presence;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.List;
import java.util.TreeMap;

/// `/api/v1/rooms`: the rooms that users log in to.
final class RoomRoutes {
    private final Presence presence;
    private final Messages messages;

    RoomRoutes(Presence presence, Messages messages) {
        this.presence = presence;
        this.messages = messages;
    }

    private record Room(int room, int users) {}

    private record Rooms(List<Room> rooms) {}

    private record Members(int room, List<String> members, int total, @Nullable String next) {}

    private record ToRoom(
            @Nullable String id,
            @Nullable String from,
            @Nullable String text,
            @Nullable String except) {}

    List<Route> routes() {
        return List.of(
                Route.get("/api/v1/rooms", this::list),
                Route.get("/api/v1/rooms/{room}/members", this::members),
                Route.post("/api/v1/rooms/{room}/messages", this::send));
    }

    static Refusal noSuchRoom() {
        return new Refusal(ProblemType.NO_SUCH_ROOM, "/api/v1/rooms lists those that there are");
    }

    private Answer list(Call call) {
        return Answer.json(
                new Rooms(
                        presence.rooms().stream()
                                .map(room -> new Room(room, presence.userCount(room)))
                                .toList()));
    }

    private Answer members(Call call) throws Refusal {
        int room = room(call);
        TreeMap<String, String> all = new TreeMap<>();
        presence.users(room).forEach(user -> all.put(user, user));
        Page<String> page = Page.of(all, call);
        return Answer.json(new Members(room, page.elements(), all.size(), page.next()));
    }

    private Answer send(Call call) throws Refusal, IOException {
        int room = room(call);
        ToRoom request = call.json(ToRoom.class);
        Message message = messages.message(request.id(), request.from(), request.text());
        return messages.send(message, new Receivers.Room(room, request.except()));
    }

    private int room(Call call) throws Refusal {
        long number = call.number("room", ProblemType.NO_SUCH_ROOM);
        if (presence.rooms().stream().noneMatch(room -> room == number)) {
            throw noSuchRoom();
        }
        return (int) number;
    }
}

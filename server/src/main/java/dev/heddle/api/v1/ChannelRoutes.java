package dev.heddle.api.v1;

import dev.heddle.acc.wire.ChannelData;
import dev.heddle.acc.wire.Pushes;
import dev.heddle.api.http.Answer;
import dev.heddle.api.http.Call;
import dev.heddle.api.http.Parameters;
import dev.heddle.api.http.ProblemType;
import dev.heddle.api.http.Refusal;
import dev.heddle.api.http.Route;
import dev.heddle.broker.Broker.Outcome;
import dev.heddle.broker.Broker.Published;
import dev.heddle.broker.History;
import dev.heddle.broker.Message;
import dev.heddle.broker.Position;
import dev.heddle.broker.Range;
import dev.heddle.channel.ChannelName;
import dev.heddle.channel.Channels;
import dev.heddle.channel.Counts;
import dev.heddle.control.Flaw;
import dev.heddle.json.RawJson;
import dev.heddle.user.Presence;
import dev.heddle.user.Rooms;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/// `/api/v1/channels` and `/api/v1/publications`. The rules of channels do not hold here: the
/// caller is a backend.
final class ChannelRoutes {
    private static final int USUAL_LIMIT = 100;
    private static final int MAX_LIMIT = 10_000;

    private final Channels channels;
    private final List<Integer> rooms;

    ChannelRoutes(Channels channels, Presence presence) {
        this.channels = channels;
        this.rooms = presence.rooms();
    }

    private record Listed(String channel, int connections, int users) {}

    private record Listing(List<Listed> channels, int total, @Nullable String next) {}

    private record Publish(@Nullable RawJson data, @Nullable String id) {}

    private record Appended(String epoch, long offset, boolean duplicate) {}

    private record Item(
            @Nullable List<String> channels, @Nullable RawJson data, @Nullable String id) {}

    private record Batch(@Nullable List<Item> publications) {}

    private record Results(List<ChannelData.Position> results) {}

    private record Present(
            String channel, int connections, int users, List<ChannelData.Present> clients) {}

    List<Route> routes() {
        return List.of(
                Route.get("/api/v1/channels", this::list),
                Route.get("/api/v1/channels/{channel}/history", this::history),
                Route.get("/api/v1/channels/{channel}/presence", this::presence),
                Route.post("/api/v1/channels/{channel}/publications", this::publish),
                Route.post("/api/v1/publications", this::publishAll));
    }

    private Answer list(Call call) throws Refusal {
        TreeMap<String, Listed> all = new TreeMap<>();
        for (String name : channels.names()) {
            Counts here = channels.countsHere(name);
            all.put(name, new Listed(name, here.connections(), here.users()));
        }
        Page<Listed> page = Page.of(all, call);
        return Answer.json(new Listing(page.elements(), all.size(), page.next()));
    }

    private Answer history(Call call) throws Refusal {
        String channel = name(call.variable("channel"), rooms);
        Parameters query = call.query("limit", "epoch", "offset");
        int limit = query.number("limit", USUAL_LIMIT, MAX_LIMIT);
        boolean isSince = query.has("epoch") || query.has("offset");
        Range range = isSince ? after(query, limit) : new Range.Newest(limit);
        History history = channels.history(channel, range);
        if (!history.isWhole()) {
            throw new Refusal(
                    ProblemType.HISTORY_GONE,
                    "the log is at epoch "
                            + history.position().epoch()
                            + ", offset "
                            + history.position().offset());
        }
        return Answer.json(Pushes.history(channel, history));
    }

    private static Range after(Parameters query, int limit) throws Refusal {
        String epoch = query.find("epoch").orElse("");
        String offset = query.find("offset").orElse("");
        if (!offset.matches("[0-9]{1,18}")) {
            throw Refusal.badRequest("offset is a whole number and comes with its epoch");
        }
        return new Range.After(new Position(epoch, Long.parseLong(offset)), limit);
    }

    private Answer presence(Call call) throws Refusal {
        String channel = name(call.variable("channel"), rooms);
        Counts counts = channels.counts(channel);
        return Answer.json(
                new Present(
                        channel,
                        counts.connections(),
                        counts.users(),
                        Pushes.present(channels, channel)));
    }

    private Answer publish(Call call) throws Refusal, IOException {
        String channel = name(call.variable("channel"), rooms);
        Publish request = call.json(Publish.class);
        Published published = publish(channel, message(request.data(), request.id()));
        Position position = published.position();
        return Answer.json(
                new Appended(position.epoch(), position.offset(), isDuplicate(published)));
    }

    /// Publishes a batch, or nothing if anything is wrong with any part of it.
    private Answer publishAll(Call call) throws Refusal, IOException {
        Batch batch = call.json(Batch.class);
        if (batch.publications() == null) {
            throw Refusal.badRequest("publications is missing");
        }
        Map<String, String> dataByKey = new HashMap<>();
        for (Item item : batch.publications()) {
            requireRight(item, dataByKey);
        }
        List<ChannelData.Position> results = new ArrayList<>();
        for (Item item : batch.publications()) {
            Message message = message(item.data(), item.id());
            for (String channel : channelsOf(item)) {
                Published published = publish(channel, message);
                Position position = published.position();
                results.add(
                        new ChannelData.Position(
                                channel,
                                position.epoch(),
                                position.offset(),
                                isDuplicate(published)));
            }
        }
        return Answer.json(new Results(results));
    }

    /// @param dataByKey what those before it publish under an id in a channel
    private void requireRight(@Nullable Item item, Map<String, String> dataByKey) throws Refusal {
        if (item == null) {
            throw Refusal.badRequest("a publication is an object");
        }
        Message message = message(item.data(), item.id());
        for (String channel : channelsOf(item)) {
            String key = name(channel, rooms) + '\n' + message.id();
            String data = message.data();
            boolean isOther =
                    !data.equals(Objects.requireNonNullElse(dataByKey.put(key, data), data));
            if (message.id() != null && (isOther || channels.isIdTaken(channel, message))) {
                throw idTaken();
            }
        }
    }

    private static List<String> channelsOf(Item item) throws Refusal {
        if (item.channels() == null || item.channels().isEmpty()) {
            throw Refusal.badRequest("channels is missing");
        }
        return item.channels();
    }

    private Published publish(String channel, Message message) throws Refusal {
        Published published = channels.publish(channel, message, message.id() != null);
        return switch (published.outcome()) {
            case DELIVERED, DUPLICATE -> published;
            case ID_TAKEN -> throw idTaken();
            case REFUSED -> throw Refusal.draining();
        };
    }

    private static boolean isDuplicate(Published published) {
        return published.outcome() == Outcome.DUPLICATE;
    }

    private static Refusal idTaken() {
        return new Refusal(ProblemType.ID_TAKEN, "other data was published under this id");
    }

    private static Message message(@Nullable RawJson data, @Nullable String id) throws Refusal {
        if (data == null) {
            throw Refusal.badRequest("data is missing");
        }
        String name = Messages.orEmpty(id);
        Messages.requireNone(Flaw.ofId(name));
        return new Message(data.text(), null, name.isEmpty() ? null : name, null);
    }

    /// Checks the name of a channel.
    ///
    /// @param rooms that there are
    static String name(@Nullable String channel, List<Integer> rooms) throws Refusal {
        if (channel == null || !ChannelName.isValid(channel)) {
            throw Refusal.badRequest(
                    "a channel has 1 to 255 bytes of UTF-8, no control characters, and is not . or"
                            + " ..");
        }
        if (Rooms.isOfNoRoom(channel, rooms)) {
            throw RoomRoutes.noSuchRoom();
        }
        return channel;
    }
}

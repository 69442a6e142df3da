package dev.heddle.acc.wire;

import static java.util.Map.entry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;

import dev.heddle.json.Json;
import dev.heddle.json.RawJson;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/// Decodes requests. Pure.
public final class Requests {
    /// A line for each command.
    private static final Map<String, Function<Fields, Command>> COMMANDS =
            Map.ofEntries(
                    entry("login", Requests::login),
                    entry("heartbeat", Requests::heartbeat),
                    entry("ping", _ -> new Command.Ping()),
                    entry("logout", _ -> new Command.Logout()),
                    entry("refresh", data -> new Command.Refresh(data.text("serviceToken"))),
                    entry("msg", Requests::msg),
                    entry("msgAll", data -> new Command.MsgAll(data.text("msgID"), text(data))),
                    entry("members", _ -> new Command.Members()),
                    entry("rooms", _ -> new Command.RoomNumbers()),
                    entry("subscribe", Requests::subscribe),
                    entry("unsubscribe", data -> new Command.Unsubscribe(data.text("channel"))),
                    entry("publish", Requests::publish),
                    entry("history", Requests::history),
                    entry("presence", data -> new Command.Presence(data.text("channel"))),
                    entry(
                            "presenceStats",
                            data -> new Command.PresenceStats(data.text("channel"))));

    private static final RawJson NOTHING = new RawJson("null");

    private Requests() {}

    /// Decodes a message. Bytes that are not UTF-8 become U+FFFD.
    ///
    /// @return the request; empty when it is no JSON, or no JSON of a request
    public static Optional<Request> decode(byte[] bytes, int offset, int length) {
        JsonNode json;
        String text = new String(bytes, offset, length, StandardCharsets.UTF_8);
        try {
            json = Json.read(text);
        } catch (JsonProcessingException notJson) {
            return Optional.empty();
        }
        if (json.isMissingNode()) {
            return Optional.empty();
        }
        Fields envelope = new Fields(json);
        String seq = envelope.text("seq");
        String cmd = envelope.text("cmd");
        JsonNode data = envelope.any("data");
        return envelope.isAsAsked()
                ? Optional.of(new Request(seq, cmd, command(cmd, data, text)))
                : Optional.empty();
    }

    /// @param text of the whole request
    private static Command command(String cmd, JsonNode data, String text) {
        Function<Fields, Command> decoder = COMMANDS.get(cmd);
        if (decoder == null) {
            return new Command.Unknown(unknownData(text));
        }
        Fields fields = new Fields(data, text);
        Command command = decoder.apply(fields);
        return fields.isAsAsked() ? command : new Command.Undecodable();
    }

    /// @return empty if it is nested too deeply
    private static Optional<RawJson> unknownData(String text) {
        try {
            return Json.readDataOf(text).or(() -> Optional.of(NOTHING));
        } catch (StreamConstraintsException tooDeep) {
            return Optional.empty();
        } catch (JsonProcessingException changed) {
            throw new IllegalStateException("was JSON a moment ago", changed);
        }
    }

    private static Command login(Fields data) {
        return new Command.Login(
                data.text("serviceToken"),
                data.number("appID"),
                data.text("userID"),
                atMost(data, "pingSeconds"));
    }

    /// The user id is not needed, but a wrong one is an error as in gowebsocket.
    private static Command heartbeat(Fields data) {
        data.text("userID");
        return new Command.Heartbeat();
    }

    private static Command msg(Fields data) {
        return new Command.Msg(data.text("userID"), data.text("msgID"), text(data));
    }

    private static Command subscribe(Fields data) {
        return new Command.Subscribe(
                data.text("channel"),
                position(data, "recover"),
                atMost(data, "rewind"),
                limit(data, 1));
    }

    private static Command publish(Fields data) {
        return new Command.Publish(data.text("channel"), data.data(), data.text("id"));
    }

    private static Command history(Fields data) {
        return new Command.History(data.text("channel"), position(data, "since"), limit(data, 0));
    }

    private static Optional<Command.Recover> position(Fields data, String name) {
        if (!data.has(name)) {
            return Optional.empty();
        }
        Fields position = data.object(name);
        String epoch = position.text("epoch");
        long offset = position.wholeNumber("offset");
        data.require(position.isAsAsked());
        return Optional.of(new Command.Recover(epoch, offset));
    }

    private static OptionalInt limit(Fields data, int least) {
        if (!data.has("limit")) {
            return OptionalInt.empty();
        }
        int limit = atMost(data, "limit");
        data.require(limit >= least);
        return OptionalInt.of(limit);
    }

    private static int atMost(Fields data, String name) {
        return (int) Math.min(data.wholeNumber(name), Integer.MAX_VALUE);
    }

    private static String text(Fields data) {
        String text = data.text("message");
        return text.isEmpty() ? data.text("msg") : text;
    }
}

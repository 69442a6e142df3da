package dev.heddle.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// Decodes requests. Pure.
public final class Requests {
    /// A line for each command.
    private static final Map<String, Function<Fields, Command>> COMMANDS =
            Map.of(
                    "login", Requests::login,
                    "heartbeat", Requests::heartbeat,
                    "ping", _ -> new Command.Ping(),
                    "logout", _ -> new Command.Logout(),
                    "msg", Requests::msg,
                    "msgAll", data -> new Command.MsgAll(data.text("msgID"), text(data)),
                    "members", _ -> new Command.Members(),
                    "rooms", _ -> new Command.RoomNumbers());

    private Requests() {}

    /// Decodes a message. What is not UTF-8 in it becomes U+FFFD.
    ///
    /// @return the request; empty when it is no JSON, or no JSON of a request
    public static Optional<Request> decode(byte[] bytes, int offset, int length) {
        JsonNode json;
        try {
            json = Json.read(new String(bytes, offset, length, StandardCharsets.UTF_8));
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
                ? Optional.of(new Request(seq, cmd, command(cmd, data)))
                : Optional.empty();
    }

    private static Command command(String cmd, JsonNode data) {
        Function<Fields, Command> decoder = COMMANDS.get(cmd);
        if (decoder == null) {
            return new Command.Unknown();
        }
        Fields fields = new Fields(data);
        Command command = decoder.apply(fields);
        return fields.isAsAsked() ? command : new Command.Undecodable();
    }

    private static Command login(Fields data) {
        return new Command.Login(
                data.text("serviceToken"), data.number("appID"), data.text("userID"));
    }

    /// The user id is not needed, but a wrong one is an error as in gowebsocket.
    private static Command heartbeat(Fields data) {
        data.text("userID");
        return new Command.Heartbeat();
    }

    private static Command msg(Fields data) {
        return new Command.Msg(data.text("userID"), data.text("msgID"), text(data));
    }

    private static String text(Fields data) {
        String text = data.text("message");
        return text.isEmpty() ? data.text("msg") : text;
    }
}

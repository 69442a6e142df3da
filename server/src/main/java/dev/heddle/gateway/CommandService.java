package dev.heddle.gateway;

import com.fasterxml.jackson.core.JsonProcessingException;

import dev.heddle.acc.Services.Asked;
import dev.heddle.acc.Services.Service;
import dev.heddle.acc.wire.Code;
import dev.heddle.acc.wire.Reply;
import dev.heddle.config.GatewayEvent;
import dev.heddle.gateway.ServiceEvent.Data;
import dev.heddle.gateway.ServiceEvent.Origin;
import dev.heddle.gateway.ServiceReply.Answer;
import dev.heddle.json.Json;
import dev.heddle.json.RawJson;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// A route as the service of commands: each is a message, and the answer is the reply.
/// **Thread-safe.**
///
/// @param route where they go
record CommandService(ServedRoute route) implements Service {
    private static final int MAX_TEXT_CHARS = 1_000;
    private static final Reply UNAVAILABLE =
            new Reply(Code.OPERATION_FAILED, "the service is unavailable, try again later", null);

    @Override
    public String name() {
        return route.name();
    }

    @Override
    public Reply handle(Asked asked) {
        byte[] json = asked.data().text().getBytes(StandardCharsets.UTF_8);
        Data data = new Data(Data.JSON, json, Optional.of(asked.command()));
        Origin origin =
                new Origin(
                        asked.connection(),
                        route.name(),
                        asked.address(),
                        Optional.of(asked.user()),
                        Optional.empty(),
                        Optional.empty());
        ServiceEvent event = ServiceEvent.now(GatewayEvent.MESSAGE, origin, asked.number(), data);
        return route.calls().call(event) instanceof Answer answer && !answer.isForNow()
                ? reply(answer)
                : UNAVAILABLE;
    }

    private Reply reply(Answer answer) {
        Code code = code(answer.status());
        String text = answer.text();
        if (answer.body().length == 0) {
            return Reply.of(code);
        }
        if (answer.mediaType().endsWith("json")) {
            return isJson(text) ? new Reply(code, "", new RawJson(text.strip())) : misunderstood();
        }
        if (!answer.isText()
                || !answer.isUtf8()
                || text.length() > MAX_TEXT_CHARS && code != Code.OK) {
            return misunderstood();
        }
        return code == Code.OK ? Reply.ok(RawJson.ofText(text)) : new Reply(code, text, null);
    }

    private static Code code(int status) {
        return switch (status) {
            case 400, 422 -> Code.BAD_PARAMETER;
            case 401, 403 -> Code.NOT_AUTHORIZED;
            case 404 -> Code.NO_DATA;
            default -> status < 300 ? Code.OK : Code.OPERATION_FAILED;
        };
    }

    private static boolean isJson(String text) {
        try {
            return !Json.read(text).isMissingNode();
        } catch (JsonProcessingException malformed) {
            return false;
        }
    }

    private Reply misunderstood() {
        route.warnAbout("a command with a body that is no reply; the client gets 1004");
        return Reply.of(Code.SERVER_ERROR);
    }
}

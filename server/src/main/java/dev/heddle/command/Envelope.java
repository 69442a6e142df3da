package dev.heddle.command;

import com.fasterxml.jackson.core.JsonProcessingException;

import dev.heddle.config.Language;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.time.Instant;

/// What the server sends, replies and pushes alike: `{"seq": …, "cmd": …, "response": {"code": …,
/// "codeMsg": …, "data": …}}`, as gowebsocket writes it, byte for byte.
///
/// @param seq of a reply, the request's; of a push, the name of what is pushed
public record Envelope(String seq, String cmd, Response response) {

    /// The answer to what is no request. It has no envelope and no code that a client could go by,
    /// so it is the same text in every language.
    private static final String NOT_A_REQUEST = "数据不合法";

    /// The answer when the reply cannot be encoded, which is a bug.
    private static final String NO_ANSWER = "处理数据失败";

    /// @param code as [Code#number]
    record Response(int code, String codeMsg, @Nullable Object data) {}

    /// `data` of a push.
    ///
    /// @param target always empty
    /// @param type always `text`
    record Pushed(String target, String type, String msg, String from) {}

    /// The answer to what is no request.
    public static byte[] notARequest() {
        return NOT_A_REQUEST.getBytes(StandardCharsets.UTF_8);
    }

    /// The answer to a request.
    public static byte[] reply(Request request, Reply reply, Language language) {
        String text = reply.text().isEmpty() ? reply.code().text(language) : reply.text();
        Response response = new Response(reply.code().number(), text, reply.data());
        try {
            return Json.write(new Envelope(request.seq(), request.cmd(), response));
        } catch (JsonProcessingException bug) {
            return NO_ANSWER.getBytes(StandardCharsets.UTF_8);
        }
    }

    /// A message of a user.
    ///
    /// @param id the sender's name for it
    /// @param from the user
    /// @param text lone surrogates in it, and in the others, become U+FFFD
    public static byte[] msg(String id, String from, String text) {
        return push(id, "msg", from, text);
    }

    /// A user has come.
    public static byte[] enter(String user) {
        return push(now(), "enter", user, "哈喽~");
    }

    /// A user has gone.
    public static byte[] exit(String user) {
        return push(now(), "exit", user, "用户已经离开~");
    }

    /// The nanosecond part of the clock, as there.
    @SuppressWarnings("JavaInstantGetSecondsGetNano") // that part alone is what is asked for
    private static String now() {
        return Integer.toString(Instant.now().getNano());
    }

    private static byte[] push(String seq, String cmd, String from, String text) {
        Pushed pushed = new Pushed("", "text", Json.wellFormed(text), Json.wellFormed(from));
        try {
            return Json.write(
                    new Envelope(
                            Json.wellFormed(seq),
                            cmd,
                            new Response(Code.OK.number(), "Ok", pushed)));
        } catch (JsonProcessingException bug) {
            throw new IllegalStateException("texts can be written as JSON", bug);
        }
    }
}

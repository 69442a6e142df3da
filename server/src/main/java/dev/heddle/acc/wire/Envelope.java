package dev.heddle.acc.wire;

import dev.heddle.config.Language;
import dev.heddle.json.Json;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.time.Instant;

/// The form of everything that the server sends, replies and pushes alike: `{"seq": …, "cmd": …,
/// "response": {"code": …, "codeMsg": …, "data": …}}`, as gowebsocket writes it, byte for byte.
///
/// @param seq of a reply, the request's; of a push, the name of what is pushed
public record Envelope(String seq, String cmd, Response response) {

    /// The answer to what is no request. It has no envelope and no code that a client could go by,
    /// so it is the same text in every language.
    private static final String NOT_A_REQUEST = "数据不合法";

    private static final String NO_ANSWER = "处理数据失败";

    /// @param code as [Code#number]
    record Response(int code, String codeMsg, @Nullable Object data) {}

    /// `data` of a push.
    ///
    /// @param target the user whom alone a message is for, or empty; gowebsocket leaves it empty
    /// @param type always `text`
    record Pushed(String target, String type, String msg, String from) {}

    /// The answer to what is no request.
    public static byte[] notARequest() {
        return NOT_A_REQUEST.getBytes(StandardCharsets.UTF_8);
    }

    /// The answer when a reply could not be encoded, which is a bug.
    public static byte[] noAnswer() {
        return NO_ANSWER.getBytes(StandardCharsets.UTF_8);
    }

    /// The answer to a request.
    ///
    /// @throws IllegalStateException when the reply's data cannot be written as JSON
    public static byte[] reply(Request request, Reply reply, Language language) {
        String text = reply.text().isEmpty() ? reply.code().text(language) : reply.text();
        Response response = new Response(reply.code().number(), text, reply.data());
        return encode(new Envelope(request.seq(), request.cmd(), response));
    }

    /// A message of a user.
    ///
    /// @param id the sender's name for it
    /// @param from the user
    /// @param target the user whom alone it is for; empty when it is for a room
    /// @param text lone surrogates in it, and in the others, become U+FFFD
    public static byte[] msg(String id, String from, String target, String text) {
        return push(id, "msg", new Pushed(target, "text", text, from));
    }

    /// A user has come.
    public static byte[] enter(String user) {
        return push(now(), "enter", new Pushed("", "text", "哈喽~", user));
    }

    /// A user has gone.
    public static byte[] exit(String user) {
        return push(now(), "exit", new Pushed("", "text", "用户已经离开~", user));
    }

    /// Something that the server says by itself; `data` is one of [ChannelData], or `null`.
    public static byte[] push(String cmd, @Nullable Object data) {
        return encode(new Envelope("", cmd, new Response(Code.OK.number(), "Ok", data)));
    }

    /// The nanosecond part of the clock, as there.
    @SuppressWarnings("JavaInstantGetSecondsGetNano") // that part alone is what is asked for
    private static String now() {
        return Integer.toString(Instant.now().getNano());
    }

    private static byte[] push(String seq, String cmd, Pushed pushed) {
        Pushed wellFormed =
                new Pushed(
                        Json.wellFormed(pushed.target),
                        pushed.type,
                        Json.wellFormed(pushed.msg),
                        Json.wellFormed(pushed.from));
        return encode(
                new Envelope(
                        Json.wellFormed(seq),
                        cmd,
                        new Response(Code.OK.number(), "Ok", wellFormed)));
    }

    private static byte[] encode(Envelope envelope) {
        return Json.writeAsGo(envelope);
    }
}

package dev.heddle.acc;

import dev.heddle.acc.wire.Code;
import dev.heddle.acc.wire.Command;
import dev.heddle.acc.wire.Reply;
import dev.heddle.acc.wire.Request;
import dev.heddle.user.Member;
import dev.heddle.user.Message;
import dev.heddle.user.Presence;
import dev.heddle.user.UserIds;

import java.nio.charset.StandardCharsets;
import java.util.List;

/// Handles the commands of `/acc`. One instance serves all connections; every method runs on the
/// thread of the connection that it is given, and may block: that client then waits.
final class Handlers {
    private final AccContext context;
    private final Logins logins;
    private final ChannelHandlers channels;
    private final CarriedCommands carried;

    Handlers(AccContext context, Services services) {
        this.context = context;
        this.logins = new Logins(context);
        this.channels = new ChannelHandlers(context);
        this.carried = new CarriedCommands(services);
    }

    /// Does what is asked for.
    Reply handle(AccSession from, Request request) {
        return switch (request.command()) {
            case Command.Login login -> logins.logIn(from, login);
            case Command.Heartbeat() -> heartbeat(from);
            case Command.Ping() -> Reply.ok("pong");
            case Command.Logout() -> logOut(from);
            case Command.Msg msg -> send(from, msg, request.seq());
            case Command.MsgAll msg -> sendAll(from, msg, request.seq());
            case Command.Members() -> members(from);
            case Command.RoomNumbers() -> Reply.ok(new Command.RoomList(context.rooms().rooms()));
            case Command.Refresh refresh -> logins.refresh(from, refresh);
            case Command.Subscribe subscribe -> channels.subscribe(from, subscribe);
            case Command.Unsubscribe unsubscribe -> channels.unsubscribe(from, unsubscribe);
            case Command.Publish publish -> channels.publish(from, publish);
            case Command.History history -> channels.history(from, history);
            case Command.Presence presence -> channels.presence(from, presence);
            case Command.PresenceStats stats -> channels.presenceStats(from, stats);
            case Command.Undecodable() -> Reply.of(Code.BAD_PARAMETER);
            case Command.Unknown unknown -> carried.handle(from, request.cmd(), unknown.data());
        };
    }

    private static Reply heartbeat(AccSession from) {
        if (from.member() == null) {
            return Reply.of(Code.NOT_LOGGED_IN);
        }
        from.showLife();
        return Reply.ok();
    }

    private static Reply logOut(AccSession from) {
        if (from.member() == null) {
            return Reply.of(Code.NOT_LOGGED_IN);
        }
        from.logOut();
        return Reply.ok();
    }

    private Reply send(AccSession from, Command.Msg msg, String seq) {
        Member sender = from.member();
        if (sender == null) {
            return Reply.of(Code.NOT_LOGGED_IN);
        }
        if (sender.roomId() == Presence.NO_ROOM) {
            return inNoRoom();
        }
        if (!UserIds.isValid(msg.user())) {
            return Reply.of(Code.BAD_USER_ID);
        }
        Message message = message(sender, msg.id(), seq, msg.text()).to(msg.user());
        if (!isSound(message)) {
            return Reply.of(Code.BAD_PARAMETER);
        }
        boolean sent = context.rooms().send(sender.roomId(), msg.user(), message);
        return Reply.ok(new Command.SendResults(sent));
    }

    private Reply sendAll(AccSession from, Command.MsgAll msg, String seq) {
        Member sender = from.member();
        if (sender == null) {
            return Reply.of(Code.NOT_LOGGED_IN);
        }
        if (sender.roomId() == Presence.NO_ROOM) {
            return inNoRoom();
        }
        Message message = message(sender, msg.id(), seq, msg.text());
        if (!isSound(message)) {
            return Reply.of(Code.BAD_PARAMETER);
        }
        boolean sent = context.rooms().sendAll(sender.roomId(), sender.userId(), message);
        return Reply.ok(new Command.SendResults(sent));
    }

    private Reply members(AccSession from) {
        Member asking = from.member();
        if (asking == null) {
            return Reply.of(Code.NOT_LOGGED_IN);
        }
        if (asking.roomId() == Presence.NO_ROOM) {
            return inNoRoom();
        }
        List<String> users = context.rooms().users(asking.roomId());
        Boolean announced = context.rooms().isAnnounced(asking.roomId()) ? null : false;
        return Reply.ok(new Command.MemberList(users, users.size(), announced));
    }

    private Reply inNoRoom() {
        String text = context.language().choose("logged in without a room", "未进入房间");
        return new Reply(Code.OPERATION_FAILED, text, null);
    }

    private static Message message(Member sender, String id, String seq, String text) {
        return new Message(id.isEmpty() ? seq : id, sender.userId(), text);
    }

    private boolean isSound(Message message) {
        return !message.text().isEmpty()
                && bytes(message.text()) <= context.users().maxTextBytes()
                && bytes(message.id()) <= dev.heddle.broker.Message.MAX_ID_BYTES;
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}

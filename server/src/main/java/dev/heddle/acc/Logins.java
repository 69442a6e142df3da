package dev.heddle.acc;

import dev.heddle.acc.wire.Code;
import dev.heddle.acc.wire.Command;
import dev.heddle.acc.wire.Reply;
import dev.heddle.user.LoginCheck;
import dev.heddle.user.LoginCheck.Cause;
import dev.heddle.user.LoginCheck.Decision;
import dev.heddle.user.Member;
import dev.heddle.user.Presence;
import dev.heddle.user.UserIds;

/// The command `login`. Its checks come in the order of gowebsocket's.
final class Logins {
    private final AccContext context;
    private final LoginRate rate;

    /// Whether everybody is believed. Then only the client says who it is, and only once.
    private final boolean isOpen;

    Logins(AccContext context) {
        this.context = context;
        this.rate = new LoginRate(context.users().maxLoginsPerMinute(), System.nanoTime());
        this.isOpen = context.check().equals(LoginCheck.OPEN);
    }

    Reply logIn(AccSession from, Command.Login login) {
        boolean tokenSaysWho = login.user().isEmpty() && !isOpen;
        if (!tokenSaysWho && !UserIds.isValid(login.user())) {
            return Reply.of(Code.BAD_USER_ID);
        }
        boolean isWithoutRoom = login.room() == Presence.NO_ROOM;
        if (isWithoutRoom
                ? !context.users().allowsNoRoom()
                : !context.rooms().exists(login.room())) {
            return Reply.of(Code.NOT_AUTHORIZED);
        }
        if (!rate.takeLogin(from.address(), System.nanoTime())) {
            return refused(
                    Code.OPERATION_FAILED,
                    "too many logins, try again in a minute",
                    "登录过于频繁，请稍后再试");
        }
        return switch (context.check().check(login.serviceToken(), login.user())) {
            case Decision.Refused(Cause cause, String reason) ->
                    new Reply(code(cause), reason, null);
            case Decision.Allowed allowed -> logIn(from, login, allowed);
        };
    }

    private static Code code(Cause cause) {
        return switch (cause) {
            case NOT_AUTHORIZED -> Code.NOT_AUTHORIZED;
            case BAD_USER_ID -> Code.BAD_USER_ID;
            case UNAVAILABLE -> Code.SERVER_ERROR;
        };
    }

    /// Lets the user who is logged in stay for longer.
    Reply refresh(AccSession from, Command.Refresh refresh) {
        Member member = from.member();
        if (member == null) {
            return Reply.of(Code.NOT_LOGGED_IN);
        }
        return logIn(
                from,
                new Command.Login(refresh.serviceToken(), member.roomId(), member.userId(), 0));
    }

    private Reply logIn(AccSession from, Command.Login login, Decision.Allowed allowed) {
        int room = login.room();
        if (!UserIds.isValid(allowed.user())) {
            return Reply.of(Code.BAD_USER_ID);
        }
        boolean isAnyRoom = room == Presence.NO_ROOM || allowed.rooms().isEmpty();
        if (!isAnyRoom && !allowed.rooms().contains(room)) {
            return Reply.of(Code.NOT_AUTHORIZED);
        }
        if (allowed.channels().stream().distinct().count()
                > context.channels().maxSubscriptions()) {
            return refused(Code.OPERATION_FAILED, "the token names too many channels", "令牌中的频道过多");
        }
        Member earlier = from.member();
        if (earlier == null) {
            from.logIn(room, allowed);
            from.keepAlive(login.pingSeconds());
            return context.loggedIn();
        }
        if (isOpen || earlier.roomId() != room || !earlier.userId().equals(allowed.user())) {
            return Reply.of(Code.OPERATION_FAILED);
        }
        from.renew(allowed);
        return context.loggedIn();
    }

    private Reply refused(Code code, String english, String chinese) {
        return new Reply(code, context.language().choose(english, chinese), null);
    }
}

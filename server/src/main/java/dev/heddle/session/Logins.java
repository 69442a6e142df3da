package dev.heddle.session;

import dev.heddle.command.Code;
import dev.heddle.command.Command;
import dev.heddle.command.Reply;
import dev.heddle.user.LoginCheck;
import dev.heddle.user.LoginCheck.Decision;
import dev.heddle.user.Member;
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
        if (!context.rooms().exists(login.room())) {
            return Reply.of(Code.NOT_AUTHORIZED);
        }
        if (!rate.isAllowed(from.address(), System.nanoTime())) {
            return refused(
                    Code.OPERATION_FAILED,
                    "too many logins, try again in a minute",
                    "登录过于频繁，请稍后再试");
        }
        return switch (context.check().check(login.serviceToken(), login.user())) {
            case Decision.Refused(Code code, String reason) -> new Reply(code, reason, null);
            case Decision.Allowed allowed -> logIn(from, login.room(), allowed);
        };
    }

    private Reply logIn(AccSession from, int room, Decision.Allowed allowed) {
        if (!UserIds.isValid(allowed.user())) {
            return Reply.of(Code.BAD_USER_ID);
        }
        if (!allowed.rooms().isEmpty() && !allowed.rooms().contains(room)) {
            return Reply.of(Code.NOT_AUTHORIZED);
        }
        Member earlier = from.member();
        if (earlier == null) {
            from.logIn(room, allowed.user(), allowed.expires());
            return Reply.ok();
        }
        if (isOpen || earlier.roomId() != room || !earlier.userId().equals(allowed.user())) {
            return Reply.of(Code.OPERATION_FAILED);
        }
        from.expire(allowed.expires());
        from.showLife();
        return Reply.ok();
    }

    private Reply refused(Code code, String english, String chinese) {
        return new Reply(code, context.language().choose(english, chinese), null);
    }
}

package dev.heddle.acc;

import dev.heddle.acc.Services.Asked;
import dev.heddle.acc.Services.Service;
import dev.heddle.acc.wire.Code;
import dev.heddle.acc.wire.Reply;
import dev.heddle.json.RawJson;
import dev.heddle.telemetry.Addresses;
import dev.heddle.user.Member;

import java.util.Optional;

/// Handles the commands that services behind this server know. One instance serves all connections.
///
/// @param services that know them
record CarriedCommands(Services services) {
    /// Lets a service handle a command, on the thread of the connection that it came on, which
    /// waits.
    ///
    /// @param data of the command; empty if it is nested too deeply
    Reply handle(AccSession from, String command, Optional<RawJson> data) {
        Optional<Service> service = services.find(command);
        if (service.isEmpty()) {
            return Reply.of(Code.NO_SUCH_ROUTE);
        }
        Member member = from.member();
        if (member == null) {
            return Reply.of(Code.NOT_LOGGED_IN);
        }
        if (data.isEmpty()) {
            return Reply.of(Code.BAD_PARAMETER);
        }
        Asked asked =
                new Asked(
                        command,
                        data.get(),
                        from.name(),
                        from.messagesIn(),
                        member.userId(),
                        Addresses.text(from.transport().address()));
        from.waitFor(service.get().name());
        try {
            return service.get().handle(asked);
        } finally {
            from.waitFor(null);
        }
    }
}

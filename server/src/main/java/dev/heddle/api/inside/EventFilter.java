package dev.heddle.api.inside;

import dev.heddle.api.http.Call;
import dev.heddle.api.http.Parameters;
import dev.heddle.api.http.Refusal;
import dev.heddle.control.Callees;
import dev.heddle.recording.LiveEvent;
import dev.heddle.telemetry.event.Events;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;

/// Which events somebody wants to see.
///
/// @param types names without `heddle.`; all but the periodic ones if none are asked for
/// @param user whom they are about; anybody if empty
/// @param connection what they are about; any if empty
record EventFilter(List<String> types, Optional<String> user, Optional<String> connection)
        implements Predicate<LiveEvent> {
    private static final String PREFIX = "heddle.";
    private static final List<String> KNOWN =
            Events.NAMES.stream().map(name -> name.substring(PREFIX.length())).sorted().toList();
    private static final List<String> USUAL =
            Events.NAMES.stream()
                    .filter(name -> !Events.PERIODIC.contains(name))
                    .map(name -> name.substring(PREFIX.length()))
                    .toList();

    /// The filter that a query describes.
    ///
    /// @throws Refusal if there is no such type, or connections are not called so
    static EventFilter of(Call call, Callees callees) throws Refusal {
        Parameters query = call.query("type", "user", "connection");
        List<String> types =
                call.listed("type").stream()
                        .map(
                                name ->
                                        name.startsWith(PREFIX)
                                                ? name.substring(PREFIX.length())
                                                : name)
                        .toList();
        if (!KNOWN.containsAll(types)) {
            throw Refusal.badRequest("type is one of " + String.join(", ", KNOWN));
        }
        Optional<String> connection = Optional.empty();
        if (query.has("connection")) {
            OptionalLong id = callees.id(query.find("connection").orElse(""));
            if (id.isEmpty()) {
                throw Refusal.badRequest("connection is the id or number of one of this node");
            }
            connection = Optional.of(Long.toString(id.getAsLong()));
        }
        return new EventFilter(types.isEmpty() ? USUAL : types, query.find("user"), connection);
    }

    @Override
    public boolean test(LiveEvent event) {
        return types.contains(event.name())
                && is(event, "user", user)
                && is(event, "connection", connection);
    }

    private static boolean is(LiveEvent event, String field, Optional<String> wanted) {
        Object value = event.fields().get(field);
        return wanted.isEmpty() || (value != null && wanted.get().equals(value.toString()));
    }
}

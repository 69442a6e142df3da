package dev.heddle.api.gowebsocket;

import dev.heddle.acc.wire.Code;
import dev.heddle.api.http.Answer;
import dev.heddle.api.http.Call;
import dev.heddle.api.http.Handler;
import dev.heddle.api.http.Parameters;
import dev.heddle.api.http.Refusal;
import dev.heddle.api.http.Route;
import dev.heddle.control.Control;
import dev.heddle.control.Flaw;
import dev.heddle.control.Node;
import dev.heddle.control.People;
import dev.heddle.control.Receivers;
import dev.heddle.control.SendOutcome;
import dev.heddle.control.Sender;
import dev.heddle.user.ConnectionInfo;
import dev.heddle.user.Message;
import dev.heddle.user.Presence;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The HTTP routes of gowebsocket, for clients that were written for it: its parameters in both of
/// its spellings (`userID` and, in its version 2, `userId`), its envelope, its quirks. Whatever a
/// handler has to say, the status is 200 and `code` says how it went.
///
/// Each difference stands in `server/docs/from-gowebsocket.md` and has a test. A request whose
/// path, method, key or URI is wrong never gets here, and is answered with a status of its own.
public final class GowebsocketRoutes {
    private static final String CONTENT_TYPE = "application/json; charset=utf-8";

    private static final Pattern ROOM = Pattern.compile("[0-9]{1,10}");

    private final Node node;
    private final People people;
    private final Presence presence;
    private final Sender sender;
    private final Dialect dialect;

    private GowebsocketRoutes(Node node, Control control, Dialect dialect) {
        this.node = node;
        this.people = control.people();
        this.presence = people.presence();
        this.sender = control.sender();
        this.dialect = dialect;
    }

    /// Returns all routes that gowebsocket has.
    public static List<Route> of(Node node, Control control, Dialect dialect) {
        return new GowebsocketRoutes(node, control, dialect).routes();
    }

    /// Headers for browsers in gowebsocket's profile. `Access` decides which pages may call at all.
    private static final Map<String, String> CORS =
            Map.of(
                    "Access-Control-Allow-Origin",
                    "*",
                    "Access-Control-Allow-Methods",
                    "POST, GET, OPTIONS, PUT, DELETE,UPDATE",
                    "Access-Control-Allow-Headers",
                    "Authorization, Content-Length, X-CSRF-Token, Token,session,X_Requested_With,"
                            + "Accept, Origin, Host, Connection, Accept-Encoding, Accept-Language,"
                            + "DNT, X-CustomHeader, Keep-Alive, User-Agent, X-Requested-With,"
                            + " If-Modified-Since, Cache-Control, Content-Type, Pragma",
                    "Access-Control-Expose-Headers",
                    "Content-Length, Access-Control-Allow-Origin, Access-Control-Allow-Headers,"
                            + "Cache-Control,Content-Language,Content-Type,Expires,Last-Modified,"
                            + "Pragma,FooBar",
                    "Access-Control-Allow-Credentials",
                    "true");

    // The members of what Go writes from a map are in the order of their names.
    private record UserList(int userCount, List<String> userList) {}

    private record State(Map<String, Object> managerInfo, int numCPU, int numGoroutine) {}

    private List<Route> routes() {
        return List.of(
                Route.get("/user/list", compatible(this::list)),
                Route.get("/user/online", compatible(this::online)),
                Route.post("/user/sendMessage", compatible(this::sendMessage)),
                Route.post("/user/sendMessageAll", compatible(this::sendMessageAll)),
                Route.get("/system/state", compatible(this::state)));
    }

    @FunctionalInterface
    private interface Data {
        Object of(Call call) throws Refusal, IOException;
    }

    private Handler compatible(Data data) {
        return call -> {
            try {
                String text = Code.OK.text(dialect.language());
                return envelope(Code.OK, text, data.of(call));
            } catch (Refusal refusal) {
                return envelope(Code.BAD_PARAMETER, refusal.detail(), Map.of());
            }
        };
    }

    private Answer envelope(Code code, String text, Object data) {
        byte[] body = HttpEnvelope.of(code, text, data).encode();
        Map<String, String> headers = new TreeMap<>(dialect.isForEveryBrowser() ? CORS : Map.of());
        headers.put("Content-Type", CONTENT_TYPE);
        return new Answer(200, headers, new Answer.Body.Whole(body));
    }

    /// Lists the users of a room, or of all rooms if none is given, as its version 2.0 does.
    private Object list(Call call) throws Refusal {
        Parameters parameters = call.anyQuery();
        Stream<String> users =
                either(parameters, "appID", "appId").isEmpty()
                        ? presence.rooms().stream().flatMap(any -> presence.users(any).stream())
                        : presence.users(room(parameters)).stream();
        List<String> list = users.distinct().toList();
        return new UserList(list.size(), list);
    }

    private Object online(Call call) throws Refusal {
        Parameters parameters = call.anyQuery();
        String user = either(parameters, "userID", "userId");
        int room = room(parameters);
        boolean isOnline =
                room == 0
                        ? people.placesOf(user).stream()
                                .filter(presence.rooms()::contains)
                                .anyMatch(any -> presence.isOnline(any, user))
                        : presence.isOnline(room, user);
        boolean isOldSpelling = parameters.has("userId") && !parameters.has("userID");
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("online", isOnline);
        data.put(isOldSpelling ? "userId" : "userID", user);
        return data;
    }

    private Object sendMessage(Call call) throws Refusal, IOException {
        Parameters parameters = call.form();
        int room = room(parameters);
        String receiver = either(parameters, "userID", "userId");
        // From the receiver: a quirk that clients have come to know.
        Message message = message(parameters, receiver);
        return switch (sender.atMostOnce(message, new Receivers.UserInRoom(room, receiver))) {
            case DUPLICATE -> Map.of();
            case SENT -> Map.of("sendResults", true);
            case NOT_TAKEN, ID_TAKEN, UNDER_WAY -> Map.of("sendResults", false);
        };
    }

    private Object sendMessageAll(Call call) throws Refusal, IOException {
        Parameters parameters = call.form();
        int room = room(parameters);
        String from = either(parameters, "userID", "userId");
        Message message = message(parameters, from);
        SendOutcome outcome = sender.atMostOnce(message, new Receivers.Room(room, from));
        if (outcome == SendOutcome.DUPLICATE) {
            return Map.of();
        }
        if (outcome == SendOutcome.SENT || !presence.rooms().contains(room)) {
            return Map.of("sendResults", true); // to nobody, if there is no such room
        }
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("sendResults", false);
        data.put("sendResultsErr", "the server is draining");
        return data;
    }

    private Object state(Call call) throws Refusal {
        List<Integer> rooms = presence.rooms();
        Map<String, Object> info = new TreeMap<>();
        info.put("clientsLen", people.connections().count());
        info.put("usersLen", people.userCount());
        // Connections come, log in and go on threads of their own here: nothing waits in a queue.
        info.put("chanRegisterLen", 0);
        info.put("chanLoginLen", 0);
        info.put("chanUnregisterLen", 0);
        info.put("chanBroadcastLen", people.everyone().queued());
        if (call.anyQuery().find("isDebug").filter("true"::equals).isPresent()) {
            info.put(
                    "clients",
                    people.connections().all().stream().map(ConnectionInfo::address).toList());
            info.put("users", rooms.stream().flatMap(this::usersWithRoom).toList());
        }
        int threads =
                ManagementFactory.getThreadMXBean().getThreadCount()
                        + node.connections().getAsInt();
        return new State(info, Runtime.getRuntime().availableProcessors(), threads);
    }

    private Stream<String> usersWithRoom(int room) {
        return presence.users(room).stream().map(user -> room + "_" + user);
    }

    private Message message(Parameters parameters, String from) throws Refusal {
        String text = parameters.find("message").orElse("");
        Message message = new Message(either(parameters, "msgID", "msgId"), from, text);
        Optional<Flaw> flaw = sender.flaw(message);
        if (flaw.isPresent()) {
            throw Refusal.badRequest(
                    switch (flaw.get().part()) {
                        case ID -> flaw.get().in("msgID");
                        case SENDER -> flaw.get().in("userID");
                        case TEXT -> flaw.get().in("message");
                    });
        }
        return message;
    }

    /// Reads the number of a room; 0 for what is none, as gowebsocket does.
    private static int room(Parameters parameters) {
        String text = either(parameters, "appID", "appId");
        long number = ROOM.matcher(text).matches() ? Long.parseLong(text) : 0;
        return number <= Integer.MAX_VALUE ? (int) number : 0;
    }

    private static String either(Parameters parameters, String name, String oldName) {
        return parameters.find(name).or(() -> parameters.find(oldName)).orElse("");
    }
}

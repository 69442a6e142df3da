package dev.heddle.api.v1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.heddle.Heddle;
import dev.heddle.api.http.Answer;
import dev.heddle.api.http.ApiPort;
import dev.heddle.api.http.Route;
import dev.heddle.api.v1.ApiDescription.Operation;
import dev.heddle.control.Callees;
import dev.heddle.control.Control;
import dev.heddle.control.Drain;
import dev.heddle.control.Node;
import dev.heddle.control.OwnMessageIds;
import dev.heddle.control.People;
import dev.heddle.control.Sender;
import dev.heddle.hub.Fanout;
import dev.heddle.hub.Hub;
import dev.heddle.support.AccClient;
import dev.heddle.support.ApiClient;
import dev.heddle.support.HttpAnswer;
import dev.heddle.support.TestServer;
import dev.heddle.user.ConnectionNames;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Calls every operation that the server describes, rightly and wrongly, and holds each answer to
/// the description.
class ApiDescriptionTest {
    @RegisterExtension static final TestServer SERVER = new TestServer(TestServer.settings());

    private static final String KEY = "correct-horse-battery-staple";

    /// Which statuses each operation has answered with.
    private static final Map<String, Set<Integer>> SEEN = new TreeMap<>();

    private static int messages;

    private AccClient ann;

    static Stream<Operation> operations() throws IOException {
        return described(SERVER.heddle().internalPort()).operations().stream();
    }

    private static ApiDescription described(int port) throws IOException {
        return new ApiDescription(
                ApiClient.text(new ApiClient(port).ask("GET", "/api/v1/openapi.json")));
    }

    @BeforeEach
    void login() throws IOException {
        ann = AccClient.login(SERVER.port(), 101, "ann");
    }

    @AfterEach
    void logout() throws IOException {
        ann.close();
    }

    @ParameterizedTest
    @MethodSource("operations")
    void doesWhatItIsAskedTo(Operation operation) throws IOException {
        ApiDescription description = described(SERVER.heddle().internalPort());
        ApiAttempt attempt = right(description, operation);
        if (!attempt.body().isEmpty()) {
            description.requireRightExample(operation);
        }
        HttpAnswer answer = require(description, attempt);
        assertEquals(2, answer.status() / 100, answer.toString());
    }

    @ParameterizedTest
    @MethodSource("operations")
    void refusesAnIdThatWasUsedForSomethingElse(Operation operation) throws IOException {
        ApiDescription description = described(SERVER.heddle().internalPort());
        ApiAttempt attempt = right(description, operation);
        if (attempt.body().contains("\"id\"")) {
            require(description, attempt);
            HttpAnswer same = require(description, attempt);
            assertTrue(same.body().contains("\"duplicate\":true"), same::toString);
            String other = attempt.body().replace("\"text\":\"", "\"text\":\"Not ");
            assertEquals(409, require(description, attempt.body(other)).status());
        }
    }

    @ParameterizedTest
    @MethodSource("operations")
    void refusesWhatItMust(Operation operation) throws IOException {
        ApiDescription description = described(SERVER.heddle().internalPort());
        ApiAttempt right = right(description, operation);
        for (Map.Entry<Integer, ApiAttempt> wrong : right.wrong()) {
            HttpAnswer answer = require(description, wrong.getValue());
            assertEquals(
                    wrong.getKey(), answer.status(), () -> wrong.getValue() + " got " + answer);
        }
        ann.requireNothing();
    }

    @ParameterizedTest
    @MethodSource("operations")
    void hasNoOtherMethods(Operation operation) throws IOException {
        ApiDescription description = described(SERVER.heddle().internalPort());
        Set<String> methods =
                description.operations().stream()
                        .filter(each -> each.template().equals(operation.template()))
                        .map(Operation::method)
                        .collect(Collectors.toCollection(TreeSet::new));
        if (methods.contains("GET")) {
            methods.add("HEAD");
        }
        HttpAnswer answer =
                new ApiClient(SERVER.heddle().internalPort())
                        .ask("PATCH", right(description, operation).target());
        assertEquals(405, answer.status());
        assertEquals(String.join(", ", methods), answer.header("Allow"));
    }

    @ParameterizedTest
    @MethodSource("operations")
    void asksForTheKey(Operation operation) throws IOException {
        List<Route> routes =
                List.of(
                        new Route(
                                operation.method(), operation.template(), false, false, _ -> ok()));
        try (ApiPort port = new ApiPort(KEY, List.of(), routes)) {
            ApiDescription description = described(SERVER.heddle().internalPort());
            ApiAttempt right = right(description, operation);
            HttpAnswer answer = right.ask(port.port());
            assertEquals(401, answer.status());
            description.require(operation, answer);
            seen(operation, 401);
            assertEquals(200, right.header("X-API-Key: " + KEY).ask(port.port()).status());
        }
    }

    private static List<Route> served() {
        Heddle heddle = SERVER.heddle();
        Fanout everyone = new Hub(1, 1, heddle.counters()).fanout();
        People people =
                People.of(
                        heddle.rooms(),
                        heddle.userConnections(),
                        new Callees(ConnectionNames.random()),
                        everyone);
        return V1Routes.of(
                new Node("", Optional::empty, heddle::connections, new NoDrain()),
                new Control(
                        people, heddle.channels(), new Sender(people, new OwnMessageIds(1), 1)));
    }

    private record NoDrain() implements Drain {
        @Override
        public Duration pace(Optional<Duration> over) {
            return Duration.ZERO;
        }

        @Override
        public void begin() {
            // No server runs here.
        }
    }

    private static Answer ok() {
        return Answer.text(200, "ok");
    }

    @Test
    void everythingThatThereIsIsDescribed() throws IOException {
        Set<String> described =
                operations()
                        .map(Operation::toString)
                        .collect(Collectors.toCollection(TreeSet::new));
        Set<String> served =
                served().stream()
                        .map(route -> route.method() + " " + route.template())
                        .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(served, described);
    }

    @Test
    void aDrainingServerTakesNoMessages() throws IOException {
        try (Heddle server = Heddle.start(TestServer.settings());
                AccClient bob = AccClient.login(server.port(), 101, "ann")) {
            ApiDescription description = described(server.internalPort());
            Thread drain = Thread.ofVirtual().start(server::drain);
            bob.expectClose(1001);
            for (Operation operation : description.operations()) {
                if (isRefusedWhileDraining(description, operation)) {
                    HttpAnswer answer = right(description, operation).ask(server.internalPort());
                    assertEquals(503, answer.status(), operation.toString());
                    description.require(operation, answer);
                    seen(operation, 503);
                }
            }
            assertTrue(drain.isAlive());
        }
    }

    /// But for bugs, receivers that do not read, and an engine that cannot be reached.
    @AfterAll
    static void everyDescribedStatusWasSeen() throws IOException {
        ApiDescription description = described(SERVER.heddle().internalPort());
        for (Operation operation : description.operations()) {
            Set<Integer> statuses = description.statuses(operation);
            statuses.remove(500);
            if (!isRefusedWhileDraining(description, operation)) {
                statuses.remove(503);
            }
            assertEquals(statuses, SEEN.get(operation.toString()), operation.toString());
        }
    }

    private static boolean isRefusedWhileDraining(ApiDescription description, Operation operation) {
        return !description.bodyExample(operation).isMissingNode()
                && operation.template().matches(".*/(broadcast|publications|rooms/.*)");
    }

    private ApiAttempt right(ApiDescription description, Operation operation) throws IOException {
        Map<String, String> variables = new HashMap<>();
        List<String> query = new ArrayList<>();
        for (JsonNode parameter : description.parameters(operation)) {
            if (!parameter.has("example")) {
                continue;
            }
            String name = parameter.get("name").asText();
            String value =
                    name.equals("id") ? connectionOfAnn() : parameter.get("example").asText();
            if (parameter.get("in").asText().equals("path")) {
                variables.put(name, value);
            } else {
                query.add(name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8));
            }
        }
        JsonNode example = description.bodyExample(operation);
        if (example instanceof ObjectNode fresh && fresh.has("id")) {
            fresh.put("id", "described " + ++messages);
        }
        List<String> headers =
                example.isMissingNode() ? List.of() : List.of("Content-Type: application/json");
        String body = example.isMissingNode() ? "" : example.toString();
        return new ApiAttempt(operation, variables, String.join("&", query), headers, body);
    }

    /// What ends a server is asked of one that nobody else needs.
    private static HttpAnswer ask(ApiAttempt attempt) throws IOException {
        if (!attempt.operation().template().endsWith("/drain")) {
            return attempt.ask(SERVER.heddle().internalPort());
        }
        try (Heddle other = Heddle.start(TestServer.settings())) {
            return attempt.ask(other.internalPort());
        }
    }

    private static HttpAnswer require(ApiDescription description, ApiAttempt attempt)
            throws IOException {
        HttpAnswer answer = ask(attempt);
        description.require(attempt.operation(), answer);
        seen(attempt.operation(), answer.status());
        return answer;
    }

    private static void seen(Operation operation, int status) {
        SEEN.computeIfAbsent(operation.toString(), _ -> new TreeSet<>()).add(status);
    }

    private static String connectionOfAnn() throws IOException {
        HttpAnswer answer =
                new ApiClient(SERVER.heddle().internalPort())
                        .ask("GET", "/api/v1/users/ann/sessions");
        return answer.body().replaceFirst(".*\"id\":\"([^\"]+)\".*", "$1");
    }
}

package dev.heddle.api.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;

class RouterTest {
    private static final Router ROUTER =
            new Router(
                    List.of(
                            Route.get("/rooms", _ -> Answer.empty()),
                            Route.get("/rooms/{room}", _ -> Answer.empty()),
                            Route.delete("/rooms/{room}", _ -> Answer.empty()),
                            Route.post("/rooms/{room}/messages/{id}", _ -> Answer.empty())));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET    | /rooms                     | /rooms                      | {}",
                "HEAD   | /rooms                     | /rooms                      | {}",
                "GET    | /rooms/101                 | /rooms/{room}               | {room=101}",
                "DELETE | /rooms/101                 | /rooms/{room}               | {room=101}",
                "GET    | /rooms/a%2Fb               | /rooms/{room}               | {room=a%2Fb}",
                "GET    | /rooms/{room}              | /rooms/{room}               | {room={room}}",
                "POST   | /rooms/1/messages/2        | /rooms/{room}/messages/{id} | {room=1,"
                        + " id=2}",
            })
    void finds(String method, String path, String template, String variables) throws Refusal {
        Router.Found found = ROUTER.at(path).route(method);
        assertEquals(template, found.route().template());
        assertEquals(variables, found.variables().toString());
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /, 404, ''",
        "GET, '', 404, ''",
        "GET, /Rooms, 404, ''",
        "GET, /rooms/, 404, ''",
        "GET, //rooms, 404, ''",
        "GET, /rooms/1/2, 404, ''",
        "POST, /rooms//messages/2, 404, ''",
        "POST, /other, 404, ''",
        "POST, /rooms, 405, 'GET, HEAD'",
        "get, /rooms, 405, 'GET, HEAD'",
        "PATCH, /rooms/1, 405, 'DELETE, GET, HEAD'",
        "HEAD, /rooms/1/messages/2, 405, POST",
    })
    void refuses(String method, String path, int status, String allow) {
        Answer answer = assertThrows(Refusal.class, () -> ROUTER.at(path).route(method)).answer();
        assertEquals(status, answer.status());
        assertEquals(allow, answer.headers().getOrDefault("Allow", ""));
    }
}

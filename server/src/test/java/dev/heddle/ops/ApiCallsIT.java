package dev.heddle.ops;

import dev.heddle.support.AccClient;
import dev.heddle.support.Curl;
import dev.heddle.support.Document;
import dev.heddle.support.TestServer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// The commands of the manual's page of the HTTP API, with the real curl.
class ApiCallsIT {
    @RegisterExtension static final TestServer SERVER = new TestServer(TestServer.settings());

    @Test
    void theServerTakesTheCallsOfThePage() throws Exception {
        String calls = Document.read("server/docs/http-api.md").code("bash").getFirst();
        try (AccClient _ = AccClient.login(SERVER.port(), 101, "alice")) {
            Curl.runAll(calls, SERVER.heddle());
        }
    }
}

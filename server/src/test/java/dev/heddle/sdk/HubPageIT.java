package dev.heddle.sdk;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.heddle.support.Document;
import dev.heddle.support.NodeScript;
import dev.heddle.support.RawClient;
import dev.heddle.support.TestServer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// The example of the page `hub.md`, as it stands there, in Node.js.
class HubPageIT {
    @RegisterExtension static final TestServer SERVER = new TestServer(TestServer.settings());

    @Test
    void theExampleSendsToAllAndReceivesItself() throws Exception {
        String example =
                Document.read("server/docs/hub.md")
                        .code("js")
                        .getFirst()
                        .replace(":8080/", ":" + SERVER.port() + "/")
                        .replace("console.log(data)", "heard(data)");
        try (RawClient other = RawClient.open(SERVER.port(), "/ws");
                NodeScript node = new NodeScript()) {
            String body = "return new Promise(heard => {" + example + "});";
            assertEquals("hello, all", node.run(body));
            assertEquals("hello, all", other.readFrame().text());
        }
    }
}

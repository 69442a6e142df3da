package dev.heddle.pages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.support.Browser;
import dev.heddle.support.PlainPage;
import dev.heddle.support.RealNodes;
import dev.heddle.support.ServerProcess;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.io.IOException;
import java.util.List;

/// What the dashboard of a node shows of the Redis and of the other nodes.
class ClusterDashboardIT {
    @RegisterExtension static final Browser BROWSER = new Browser();
    @RegisterExtension final RealNodes nodes = new RealNodes();

    private ServerProcess node(String name) throws IOException {
        return nodes.start(name, "cluster.redis.timeout=500ms");
    }

    private static PlainPage live(ServerProcess server, int width) {
        PlainPage page = BROWSER.plainWindow();
        page.fitTo(width, 900);
        page.visit(server.internalPort(), "/");
        page.awaitState("Live");
        return page;
    }

    @Test
    void showsTheNodesAndHowFarRedisIs() throws Exception {
        ServerProcess one = node("one");
        ServerProcess two = node("two");
        PlainPage page = live(one, 1280);
        page.await("the lag", () -> page.text("#tile-engineLag .big").endsWith("s"));
        page.awaitIn("#node-rows", "one~");
        page.awaitIn("#node-rows", "two~");
        assertTrue(page.text("#node-rows").contains("(this one)"));
        assertEquals(List.of(), BROWSER.takeErrors());
        nodes.redis().signal("STOP");
        page.await("the outage", () -> page.text("#tile-engineLag .big").equals("away"));
        nodes.redis().signal("CONT");
        page.await("the end", () -> page.text("#tile-engineLag .big").endsWith("s"));
        two.signal("KILL");
        page.await("its end", () -> !page.text("#node-rows").contains("two~"));
    }

    @Test
    void aServerThatIsAloneShowsNeither() throws Exception {
        try (ServerProcess alone = new ServerProcess("")) {
            PlainPage page = live(alone, 390);
            page.await("connections", () -> page.text("#tile-connections .big").equals("0"));
            assertFalse(page.isShown("#tile-engineLag"));
            assertFalse(page.isShown("#nodes"));
            assertEquals(List.of(), BROWSER.takeErrors());
        }
    }
}

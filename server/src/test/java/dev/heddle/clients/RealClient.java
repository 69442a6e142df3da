package dev.heddle.clients;

import dev.heddle.support.TestTools;

import java.net.URI;
import java.util.Map;

/// The clients, one entry each.
enum RealClient {
    JDK("the JDK's HttpClient", true, JdkConversation::new),
    OKHTTP("OkHttp", false, OkHttpConversation::new),
    NODE_WS(
            "npm's ws",
            true,
            uri ->
                    new ScriptConversation(
                            uri,
                            TestTools.require("node").toString(),
                            "ws.cjs",
                            Map.of("NODE_PATH", TestTools.require("nodeModules").toString()))),
    PYTHON_WEBSOCKETS(
            "Python's websockets",
            true,
            uri ->
                    new ScriptConversation(
                            uri,
                            TestTools.require("python3").toString(),
                            "websockets_client.py",
                            Map.of()));

    private interface Opener {
        Conversation open(URI uri) throws Exception;
    }

    private final String title;
    private final boolean sendsFragments;

    @SuppressWarnings("ImmutableEnumChecker") // a lambda that holds nothing
    private final Opener opener;

    RealClient(String title, boolean sendsFragments, Opener opener) {
        this.title = title;
        this.sendsFragments = sendsFragments;
        this.opener = opener;
    }

    /// Opens a connection.
    Conversation open(URI uri) throws Exception {
        return opener.open(uri);
    }

    /// Whether its user can send a message in fragments.
    boolean sendsFragments() {
        return sendsFragments;
    }

    @Override
    public String toString() {
        return title;
    }
}

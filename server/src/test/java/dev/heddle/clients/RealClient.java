package dev.heddle.clients;

import dev.heddle.support.TestTools;

import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The clients, one entry each.
enum RealClient {
    JDK("the JDK's HttpClient", true, (uri, subs, _) -> new JdkConversation(uri, subs)),
    OKHTTP("OkHttp", false, OkHttpConversation::new),
    NODE_WS("npm's ws", true, RealClient::nodeWs),
    PYTHON_WEBSOCKETS(
            "Python's websockets",
            true,
            (uri, subprotocols, variables) ->
                    new ScriptConversation(
                            uri,
                            subprotocols,
                            List.of(
                                    TestTools.require("python3").toString(),
                                    "websockets_client.py"),
                            variables));

    private interface Opener {
        Conversation open(URI uri, List<String> subprotocols, Map<String, String> variables)
                throws Exception;
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
        return open(uri, List.of());
    }

    /// Opens a connection, and offers subprotocols.
    Conversation open(URI uri, List<String> subprotocols) throws Exception {
        return opener.open(uri, subprotocols, Map.of());
    }

    /// Opens a connection over TLS. The JDK's trusts whom this process's default context does.
    ///
    /// @param certificate file with that of the server
    Conversation openSecure(URI uri, Path certificate) throws Exception {
        String file = certificate.toString();
        return opener.open(
                uri, List.of(), Map.of("NODE_EXTRA_CA_CERTS", file, "SSL_CERT_FILE", file));
    }

    /// Opens a connection with npm's ws whose window for inflating has so many bits, which it
    /// demands.
    static Conversation nodeWsWithWindow(URI uri, int bits) throws Exception {
        return nodeWs(uri, List.of(), Map.of("WINDOW_BITS", Integer.toString(bits)));
    }

    private static Conversation nodeWs(
            URI uri, List<String> subprotocols, Map<String, String> variables) throws Exception {
        Map<String, String> all = new HashMap<>(variables);
        all.put("NODE_PATH", TestTools.require("nodeModules").toString());
        List<String> program = List.of(TestTools.require("node").toString(), "ws.cjs");
        return new ScriptConversation(uri, subprotocols, program, all);
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

package dev.heddle.clients;

import dev.heddle.support.TestTools;

import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/// The clients, one entry each.
enum RealClient {
    JDK("the JDK's HttpClient", true, (uri, _) -> new JdkConversation(uri)),
    OKHTTP("OkHttp", false, (uri, _) -> new OkHttpConversation(uri)),
    NODE_WS(
            "npm's ws",
            true,
            (uri, environment) ->
                    new ScriptConversation(
                            uri,
                            TestTools.require("node").toString(),
                            "ws.cjs",
                            with(
                                    environment,
                                    "NODE_PATH",
                                    TestTools.require("nodeModules").toString()))),
    PYTHON_WEBSOCKETS(
            "Python's websockets",
            true,
            (uri, environment) ->
                    new ScriptConversation(
                            uri,
                            TestTools.require("python3").toString(),
                            "websockets_client.py",
                            environment));

    private interface Opener {
        Conversation open(URI uri, Map<String, String> environment) throws Exception;
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
        return opener.open(uri, Map.of());
    }

    /// Opens a connection over TLS. Those in this process trust whom its default context does.
    ///
    /// @param certificate file with that of the server
    Conversation openSecure(URI uri, Path certificate) throws Exception {
        String file = certificate.toString();
        return opener.open(uri, Map.of("NODE_EXTRA_CA_CERTS", file, "SSL_CERT_FILE", file));
    }

    private static Map<String, String> with(Map<String, String> all, String name, String value) {
        Map<String, String> more = new HashMap<>(all);
        more.put(name, value);
        return more;
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

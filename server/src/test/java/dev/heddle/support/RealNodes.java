package dev.heddle.support;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

import java.io.IOException;
import java.util.Objects;
import java.util.stream.Stream;

/// A Redis for each test, and nodes over it, each in a process of its own. All end with the test.
public final class RealNodes implements BeforeEachCallback, AfterEachCallback {
    private final Opened opened = new Opened();
    private @Nullable RedisServer redis;

    @Override
    public void beforeEach(ExtensionContext context) throws IOException {
        redis = add(new RedisServer());
    }

    public RedisServer redis() {
        return Objects.requireNonNull(redis);
    }

    /// Returns what it is given, and closes it after the test, before the nodes that are there now.
    public <T extends AutoCloseable> T add(T each) {
        return opened.add(each);
    }

    /// Starts a node, and waits until it is ready.
    ///
    /// @param settings more of them, such as `cluster.lease=2s`
    public ServerProcess start(String name, String... settings) throws IOException {
        String[] arguments =
                Stream.concat(
                                Stream.of(
                                        "cluster.redis.uri=" + redis().uri(),
                                        "cluster.node=" + name),
                                Stream.of(settings))
                        .map("--set '%s'"::formatted)
                        .toArray(String[]::new);
        ServerProcess node = add(new ServerProcess("", arguments));
        ApiClient client = new ApiClient(node.internalPort());
        Soon.until(() -> client.ask("GET", "/readyz").status() == 200);
        return node;
    }

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        opened.afterEach(context);
    }
}

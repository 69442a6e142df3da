package dev.heddle.sdk;

import dev.heddle.support.NodeScript;

import java.nio.file.Path;

/// `heddle.js` in Node.js, from the file.
final class NodeRuns implements Script {
    private static final Path FILE = Path.of("..", "client-html", "heddle.js");

    private final NodeScript node;

    /// @param port is not needed: what is asked for comes from the file, and no origin is told
    NodeRuns(@SuppressWarnings("unused") int port) throws Exception {
        node = new NodeScript();
    }

    @Override
    public String module() {
        return "'" + FILE.toAbsolutePath().normalize().toUri() + "'";
    }

    @Override
    public Object run(String body) {
        return node.run(body);
    }

    @Override
    public void sleep() {
        node.signal("STOP");
    }

    @Override
    public void wake() {
        node.signal("CONT");
    }

    @Override
    public void close() {
        node.close();
    }
}

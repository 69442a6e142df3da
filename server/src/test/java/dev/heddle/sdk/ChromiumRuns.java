package dev.heddle.sdk;

import dev.heddle.support.PlainPage;

/// `heddle.js` in Chromium, from the server.
final class ChromiumRuns implements Script {
    private final PlainPage page;

    /// @param page a new one
    /// @param port of this machine, at which the server's pages are
    ChromiumRuns(PlainPage page, int port) {
        this.page = page;
        page.visit(port, "/heddle.js");
    }

    @Override
    public String module() {
        return "'/heddle.js'";
    }

    @Override
    public Object run(String body) {
        return page.run("return (async () => {" + body + "})()");
    }

    @Override
    public void sleep() {
        page.freeze();
    }

    @Override
    public void wake() {
        page.unfreeze();
    }

    @Override
    public void close() {
        page.visitNothing();
    }
}

package dev.heddle.sdk;

import dev.heddle.support.Browser;

import org.junit.jupiter.api.extension.RegisterExtension;

class FlowInChromiumIT extends FlowScenarios {
    @RegisterExtension static final Browser BROWSER = new Browser();

    @Override
    Script script(int port) {
        return new ChromiumRuns(BROWSER.plainWindow(), port);
    }
}

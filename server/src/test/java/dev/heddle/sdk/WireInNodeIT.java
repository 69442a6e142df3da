package dev.heddle.sdk;

class WireInNodeIT extends WireScenarios {
    @Override
    Script script(int port) throws Exception {
        return new NodeRuns(port);
    }
}

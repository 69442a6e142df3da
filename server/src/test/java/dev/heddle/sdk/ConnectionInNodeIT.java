package dev.heddle.sdk;

class ConnectionInNodeIT extends ConnectionScenarios {
    @Override
    Script script(int port) throws Exception {
        return new NodeRuns(port);
    }
}

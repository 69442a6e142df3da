package dev.heddle.sdk;

class CallbackInNodeIT extends CallbackScenarios {
    @Override
    Script script(int port) throws Exception {
        return new NodeRuns(port);
    }
}

package dev.heddle.sdk;

class FlowInNodeIT extends FlowScenarios {
    @Override
    Script script(int port) throws Exception {
        return new NodeRuns(port);
    }
}

package dev.heddle.sdk;

class ChannelsInNodeIT extends ChannelScenarios {
    @Override
    Script script(int port) throws Exception {
        return new NodeRuns(port);
    }
}

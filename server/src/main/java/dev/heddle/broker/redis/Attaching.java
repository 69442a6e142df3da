package dev.heddle.broker.redis;

/// How this node begins and ends to hear a log. Never blocks.
interface Attaching {
    void attach(String log);

    void detach(String log);
}

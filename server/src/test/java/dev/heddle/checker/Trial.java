package dev.heddle.checker;

/// What the clients of one trial share. **Thread-safe.**
final class Trial {
    private final Plan plan;
    private final int port;
    private final int internalPort;
    private final Tally tally = new Tally();
    private volatile boolean publishing = true;
    private volatile boolean running = true;

    Trial(Plan plan, int port, int internalPort) {
        this.plan = plan;
        this.port = port;
        this.internalPort = internalPort;
    }

    Plan plan() {
        return plan;
    }

    int port() {
        return port;
    }

    int internalPort() {
        return internalPort;
    }

    Tally tally() {
        return tally;
    }

    /// Whether writers still write.
    boolean isPublishing() {
        return publishing;
    }

    void endPublishing() {
        publishing = false;
    }

    /// Whether readers still come back.
    boolean isRunning() {
        return running;
    }

    void end() {
        running = false;
    }
}

package dev.heddle.bench.scenario;

/// What has the server broadcast.
sealed interface Sender permits Sender.None, SocketSender, HttpSender {
    /// Begins to connect.
    void connect(long now);

    /// Whether it has connected, or never will.
    boolean isConnected();

    /// Begins to send.
    void begin(long now);

    /// Sends what is due.
    ///
    /// @return nanoseconds until it wants to be called again
    long work(long now);

    /// All receivers have the broadcast of that number.
    void completedByAll(int number, long nanos);

    /// Whether it has sent everything, or never will.
    boolean isDone();

    /// Ends its connections.
    void close();

    /// Another worker sends.
    record None() implements Sender {
        @Override
        public void connect(long now) {}

        @Override
        public boolean isConnected() {
            return true;
        }

        @Override
        public void begin(long now) {}

        @Override
        public long work(long now) {
            return Long.MAX_VALUE;
        }

        @Override
        public void completedByAll(int number, long nanos) {}

        @Override
        public boolean isDone() {
            return true;
        }

        @Override
        public void close() {}
    }
}

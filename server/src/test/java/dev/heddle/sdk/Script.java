package dev.heddle.sdk;

/// What runs `heddle.js`.
interface Script extends AutoCloseable {
    /// The expression that imports `heddle.js` from.
    String module();

    /// Runs the body of an asynchronous function; blocks until it has returned, and returns that,
    /// which must not be `null`.
    Object run(String body);

    /// Stops everything that runs in it, as the sleep of a laptop does.
    void sleep();

    /// Ends the sleep.
    void wake();

    @Override
    void close();

    /// What makes one.
    @FunctionalInterface
    interface Maker {
        /// Makes one that begins with nothing.
        ///
        /// @param port of this machine, at which the server is, and its pages are
        Script make(int port) throws Exception;
    }
}

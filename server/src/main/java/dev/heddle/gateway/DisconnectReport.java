package dev.heddle.gateway;

/// The report of a connection's end to a service: the body of `disconnect`.
///
/// @param reason who has ended it: `client`, `server`, or `network` if nobody said so; or `connect
///   unanswered`, for a client that was not let in because the answer to its `connect` did not come
/// @param code the close code of RFC 6455, section 7.1.5
/// @param durationMillis since it was accepted
/// @param messagesIn text and binary messages from the client
/// @param messagesOut text and binary messages to the client
record DisconnectReport(
        String reason, int code, long durationMillis, long messagesIn, long messagesOut) {}

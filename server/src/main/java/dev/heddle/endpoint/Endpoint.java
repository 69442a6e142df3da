package dev.heddle.endpoint;

/// The code that handles the sessions of a path of the server. One instance serves all of them.
///
/// **Must be thread-safe**: each session has a thread of its own. The calls for one session come
/// one after the other, on that thread: [#opened], any number of [#message], [#closed]. They may
/// block, and are never interrupted. While one blocks, its client waits, and nobody else.
///
/// An exception or even an `Error` from a method is a bug: it is logged and counted
/// (`heddle_bugs_total`), and it ends the one session with which it happened; no other session
/// notices. A client whose message cannot be handled gets close code 1011 with a fixed text. A
/// client that cannot be opened gets 500 in place of a WebSocket. No text of an exception ever
/// reaches a client.
public interface Endpoint {

    /// A client has connected. Its opening handshake is answered once this returns, so that a
    /// client that has its answer misses nothing that is sent from now on. So be brief: many new
    /// clients that are being opened keep others waiting. Messages that are sent here wait for the
    /// answer, and must fit the outbox.
    default void opened(Session session) {}

    /// A message has come. The next one is read once this returns, and only until then is the
    /// message valid: its bytes are lent.
    void message(Session session, Message message);

    /// The session is over, whoever has ended it and however; called once for each session that was
    /// opened, also when [#opened] has thrown. Messages that are sent now reach nobody.
    default void closed(Session session) {}
}

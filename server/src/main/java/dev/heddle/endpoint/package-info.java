/// The types for a program of your own that serves WebSocket clients with Heddle: write an
/// [Endpoint], and start a `Heddle` that has it mounted with the paths, limits and rates of
/// `config.EndpointSettings`.
///
/// ```java
/// public final class Shout implements Endpoint {
///     @Override
///     public void message(Session session, Message message) {
///         session.send(message.text().toUpperCase(Locale.ROOT));
///     }
///
///     public static void main(String[] args) throws IOException {
///         Heddle.start(Settings.defaults(), Mount.of(EndpointSettings.at("/shout"), new Shout()));
///     }
/// }
/// ```
///
/// **Threads.** Each session has a virtual thread of its own, which calls the endpoint: for one
/// session one call after the other, for different sessions at the same time. Write plain blocking
/// code. While a call blocks, its own client waits, and nobody else; nothing more is read from that
/// client meanwhile, so that its TCP connection holds it back.
///
/// **Bounds.** A client's messages are held to the limits and rates of its endpoint before the
/// endpoint sees them. Messages to a client wait in an outbox, which is bounded too: a client that
/// does not take them is closed as a slow consumer. All endpoints of a program share one hub with
/// `/ws`: while it waits for a slow client of one, publishers to the others wait too.
///
/// Place on the path: what sessions call. The package uses no other package of Heddle's. The
/// endpoints that Heddle has by itself, `/ws` and `/echo`, use nothing else than it.
@NullMarked
package dev.heddle.endpoint;

import org.jspecify.annotations.NullMarked;

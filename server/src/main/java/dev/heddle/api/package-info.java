/// The internal port: the HTTP API for services behind Heddle, health, metrics, and what shows the
/// server from inside: `/debug`, recordings, and the dashboard.
///
/// Beside the path. Runs on a virtual thread per connection (`Caller`), which may block on a hub
/// that is behind. `InternalServer` lets a caller in (`Access`) and finds the `Route`, whose
/// handler makes the `Answer`; the classes named after what they are about have the routes. It must
/// not know of sockets of the public port.
@NullMarked
package dev.heddle.api;

import org.jspecify.annotations.NullMarked;

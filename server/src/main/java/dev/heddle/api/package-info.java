/// The internal port: the HTTP API for services behind Heddle, health, metrics, and what shows the
/// server from inside.
///
/// Beside the path. `http` serves the port, and knows no route; `v1`, `gowebsocket` and `inside`
/// have the routes, and do not know each other. Here they are put together.
@NullMarked
package dev.heddle.api;

import org.jspecify.annotations.NullMarked;

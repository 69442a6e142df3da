/// The internal port: the HTTP API for services behind Heddle, health, metrics, and what shows the
/// server from inside.
///
/// Beside the path. `http` serves the port, and knows no route; `v1`, `aws`, `gowebsocket` and
/// `inside` have the routes, and do not know each other. Here they are put together, and calls
/// about connections of other nodes are carried there.
@NullMarked
package dev.heddle.api;

import org.jspecify.annotations.NullMarked;

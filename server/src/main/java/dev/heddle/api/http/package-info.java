/// HTTP of the internal port: its connections, the check of callers, and the route that answers a
/// request.
///
/// Beside the path. Runs on a virtual thread per connection (`Caller`), which may block in a
/// handler. `InternalServer` lets a caller in (`Access`) and finds the `Route`, whose handler makes
/// the `Answer`. It must not know what the routes are about, nor of sockets of the public port.
@NullMarked
package dev.heddle.api.http;

import org.jspecify.annotations.NullMarked;

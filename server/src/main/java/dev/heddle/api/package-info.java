/// The internal port: health and metrics, for operators and orchestrators.
///
/// Beside the path. Runs on the JDK's `HttpServer`, a virtual thread per request. It must not know
/// of sockets of the public port.
@NullMarked
package dev.heddle.api;

import org.jspecify.annotations.NullMarked;

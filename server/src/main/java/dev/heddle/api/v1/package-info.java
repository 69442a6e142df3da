/// `/api/v1`: the HTTP API for services behind Heddle.
///
/// Beside the path. Runs on the threads of callers. Each class has the routes of what it is named
/// after, and puts outcomes of `control` in words of HTTP. It must not know of sockets, nor of the
/// other APIs of the internal port.
@NullMarked
package dev.heddle.api.v1;

import org.jspecify.annotations.NullMarked;

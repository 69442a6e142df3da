/// The HTTP routes of gowebsocket, for services that were written for it.
///
/// Beside the path. Runs on the threads of callers. It puts outcomes of `control` in gowebsocket's
/// words, byte for byte. It must not know of sockets, nor of the other APIs of the internal port.
@NullMarked
package dev.heddle.api.gowebsocket;

import org.jspecify.annotations.NullMarked;

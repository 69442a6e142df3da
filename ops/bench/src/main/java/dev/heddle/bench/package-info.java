/// The load tool: puts a WebSocket server under a load of a known kind and says what that cost and
/// what came of it. It knows nothing of Heddle but what RFC 6455 says, so it measures any server.
@NullMarked
package dev.heddle.bench;

import org.jspecify.annotations.NullMarked;

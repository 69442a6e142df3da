/// Whether a token is to be believed: JSON Web Tokens (RFC 7519, with the advice of RFC 8725), the
/// keys that they are signed with, and where those come from.
///
/// Place on the path: beside it. A login on `/acc` calls [TokenLogin] on the connection's thread
/// and waits; a request for a WebSocket that needs a login first asks [RequestLogin]. `heddle
/// token` calls [TokenMaker] and [TokenVerifier]. It must not know of connections, rooms' contents,
/// or JSON commands.
///
/// **No token, and no part of one, leaves this package**, neither in a log line nor in a message or
/// an exception: a library's exceptions may quote what they could not read, so none of them is
/// passed on.
@NullMarked
package dev.heddle.auth;

import org.jspecify.annotations.NullMarked;

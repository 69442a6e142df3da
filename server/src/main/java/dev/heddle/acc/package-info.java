/// `/acc`, gowebsocket's JSON commands and the channels beside them: what each command does, who is
/// logged in on a connection, and what is subscribed on it. The name is that of gowebsocket's path.
///
/// Place on the path: between sessions and users, rooms and channels. Commands run on the
/// connection's thread; pushes come from the hubs' loops. It must not know of sockets, or of HTTP.
@NullMarked
package dev.heddle.acc;

import org.jspecify.annotations.NullMarked;

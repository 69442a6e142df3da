/// The JSON commands of `/acc`: requests decoded into sealed types, replies and pushes encoded, the
/// codes and their texts. The wire format is that of gowebsocket.
///
/// Place on the path: between messages and what is done about them. Pure: no state, no threads, and
/// nothing here blocks. It must not know of connections, users or rooms.
@NullMarked
package dev.heddle.command;

import org.jspecify.annotations.NullMarked;

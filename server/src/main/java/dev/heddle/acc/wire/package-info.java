/// The JSON of `/acc`: requests decoded into sealed types; replies and pushes encoded, and with
/// them the forms in which its clients get facts; the codes and their texts. The wire format is
/// gowebsocket's.
///
/// Place on the path: between messages and what is done about them, and between the hubs and
/// clients. Pure: no state, no threads, and nothing here blocks. It must not know of connections.
@NullMarked
package dev.heddle.acc.wire;

import org.jspecify.annotations.NullMarked;

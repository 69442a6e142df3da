/// The client's address where a proxy stands between: the header of the PROXY protocol, and the
/// headers `Forwarded` and `X-Forwarded-For`. Only proxies in trusted networks are believed.
///
/// Place on the path: before the first request head, and right behind each. The connection's thread
/// calls it; nothing here blocks but [ProxyHeader#read]. It must not know of sockets, limits or
/// sessions.
@NullMarked
package dev.heddle.proxy;

import org.jspecify.annotations.NullMarked;

/// Compression of messages by permessage-deflate, RFC 7692: what is negotiated, and what compresses
/// and inflates.
///
/// Place on the path: beside frames. Negotiation is pure. Any thread may compress; an inflater is
/// for one connection's thread at a time. Nothing here blocks. It must not know of connections or
/// of what messages are for.
@NullMarked
package dev.heddle.deflate;

import org.jspecify.annotations.NullMarked;

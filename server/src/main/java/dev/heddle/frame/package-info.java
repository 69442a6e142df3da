/// Frames of RFC 6455, section 5: opcodes, close codes, the header and its rules, masking, a reader
/// from an `InputStream` and an encoder to bytes.
///
/// Place on the path: between the socket's streams and messages. Everything is pure but
/// [dev.heddle.frame.FrameReader], which blocks its connection's thread while it waits for bytes.
/// It must not know of messages, connections or configuration.
@NullMarked
package dev.heddle.frame;

import org.jspecify.annotations.NullMarked;

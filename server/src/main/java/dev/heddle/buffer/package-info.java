/// The small-buffer pool: memory that a connection has only while bytes are moving.
///
/// Place on the path: below everything that reads or writes. Any thread may call it; nothing here
/// blocks. It must not know what the bytes mean.
@NullMarked
package dev.heddle.buffer;

import org.jspecify.annotations.NullMarked;

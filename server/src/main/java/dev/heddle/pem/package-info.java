/// The form in which keys and certificates are written as text (RFC 7468).
///
/// Place on the path: beside it. Any thread may call it; nothing here blocks. It must not know what
/// the keys are for.
@NullMarked
package dev.heddle.pem;

import org.jspecify.annotations.NullMarked;

/// The pages as people use them, in a real Chromium: the chat, the rooms, the examples and the
/// dashboard.
@NullMarked
package dev.heddle.pages;

import org.jspecify.annotations.NullMarked;

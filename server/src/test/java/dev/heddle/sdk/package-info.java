/// `client-html/heddle.js` in a real browser and in Node.js, against a real server behind a network
/// that goes wrong. What it must do in both is in the classes called `…Scenarios`.
@NullMarked
package dev.heddle.sdk;

import org.jspecify.annotations.NullMarked;

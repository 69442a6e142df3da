/// What tests share: a client that speaks bytes and one that logs in, conversations that stand in
/// files, one fake for each interface, and the check that nothing is left over.
@NullMarked
package dev.heddle.support;

import org.jspecify.annotations.NullMarked;

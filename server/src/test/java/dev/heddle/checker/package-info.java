/// Whether channels keep their word, in the style of Jepsen: writers and readers on real sockets,
/// each with a log, while their connections are cut, stalled and made anew at random; and then,
/// from the logs alone, what was lost, duplicated, reordered or never sent.
///
/// [Verdict] is pure and knows nothing of the network. [ChannelChecker] runs a trial, for
/// `ChannelCheckerIT` and by hand from [CheckChannels]. Every client is a virtual thread.
@NullMarked
package dev.heddle.checker;

import org.jspecify.annotations.NullMarked;

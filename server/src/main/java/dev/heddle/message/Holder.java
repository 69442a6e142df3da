package dev.heddle.message;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// An unfinished message's bytes at the moment of a look.
///
/// @param ofAddress the bytes of all messages from the same address
record Holder(UnfinishedBytes.Share share, UnfinishedBytes.Peer peer, long ofAddress, long bytes) {
    private static final Comparator<Holder> BY_SIZE =
            Comparator.comparingLong(Holder::ofAddress).thenComparingLong(Holder::bytes);

    /// The biggest one of the biggest address, of those of which the server has nothing to handle.
    /// To ask that is a system call, so only those are asked that are bigger than the biggest yet.
    static Optional<UnfinishedBytes.Share> biggestSilent(List<Holder> holders) {
        Optional<Holder> biggest = Optional.empty();
        for (Holder it : holders) {
            boolean isBigger = biggest.isEmpty() || BY_SIZE.compare(it, biggest.get()) > 0;
            if (isBigger && !it.peer.hasUnhandled()) {
                biggest = Optional.of(it);
            }
        }
        return biggest.map(Holder::share);
    }
}

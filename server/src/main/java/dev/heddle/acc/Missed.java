package dev.heddle.acc;

import dev.heddle.acc.wire.ChannelData;
import dev.heddle.acc.wire.Command;
import dev.heddle.acc.wire.Pushes;
import dev.heddle.broker.History;
import dev.heddle.broker.Position;
import dev.heddle.broker.Range;
import dev.heddle.channel.Channels;

import java.util.Optional;

/// A client's wish for a part of a channel's history before its subscription begins.
///
/// @param since the position from which on it has missed what was published; empty for none
/// @param rewind how many of the newest publications it wants otherwise
record Missed(Optional<Position> since, int rewind) {
    static final Missed NOTHING = new Missed(Optional.empty(), 0);

    /// The wish that a command states.
    static Missed by(Command.Subscribe asked) {
        return new Missed(
                asked.recover().map(at -> new Position(at.epoch(), at.offset())), asked.rewind());
    }

    /// The part of the history that this wish means.
    Range range() {
        return since.<Range>map(at -> new Range.After(at, Integer.MAX_VALUE))
                .orElse(new Range.Newest(rewind));
    }

    /// The beginning of a subscription, which must be there already, and held back.
    ChannelData.Subscribed beginning(Channels channels, String channel) {
        History history = channels.history(channel, range());
        boolean isRecovered = since.isPresent() && history.isWhole();
        if (!isRecovered && rewind == 0 && channels.rule(channel).sendsLatest()) {
            history = channels.history(channel, new Range.Newest(1));
        }
        return new ChannelData.Subscribed(
                channel,
                history.position().epoch(),
                history.position().offset(),
                since.isPresent() ? isRecovered : null,
                null,
                Pushes.published(history));
    }
}

package dev.heddle.gateway;

import dev.heddle.broker.Publication;
import dev.heddle.frame.EncodedFrame;
import dev.heddle.hub.Fact;
import dev.heddle.hub.Form;

import org.jspecify.annotations.Nullable;

/// How clients of the gateway get facts of channels: the data of a publication, as a text message
/// and nothing else.
enum DataForm implements Form {
    DATA;

    @Override
    public @Nullable EncodedFrame render(Fact fact) {
        return fact instanceof Fact.Published(_, _, Publication publication)
                ? EncodedFrame.text(publication.message().data())
                : null;
    }
}

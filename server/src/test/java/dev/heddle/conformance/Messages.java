package dev.heddle.conformance;

import dev.heddle.support.RawFrame;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/// The data messages in the frames of a case, fragments joined, whatever column they are in. Frames
/// that break the rules are joined as if they did not: nobody asks for those.
final class Messages {
    private final ByteArrayOutputStream unfinished = new ByteArrayOutputStream();
    private final List<RawFrame> finished = new ArrayList<>();
    private int opcode = RawFrame.TEXT;

    void add(RawFrame frame) {
        if (frame.opcode() != RawFrame.CONTINUATION) {
            unfinished.reset();
            opcode = frame.opcode();
        }
        unfinished.writeBytes(frame.payload());
        if (frame.fin()) {
            finished.add(RawFrame.of(opcode, unfinished.toByteArray()));
            unfinished.reset();
        }
    }

    /// The messages that were finished since this was last called.
    List<RawFrame> takeFinished() {
        List<RawFrame> taken = List.copyOf(finished);
        finished.clear();
        return taken;
    }
}

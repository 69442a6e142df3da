package dev.heddle.conformance;

import dev.heddle.support.RawFrame;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A column that says what the tester sends, understood.
final class Sending {
    private static final Pattern REPEATED = Pattern.compile("(\\d+[KMG]?)\\*([A-Z].*)");
    private static final int ONE_WRITE = Integer.MAX_VALUE;

    private final List<SendStep> steps = new ArrayList<>();
    private final List<RawFrame> messages = new ArrayList<>();
    private final Messages joined;
    private final List<RawFrame> pings = new ArrayList<>();
    private final ByteArrayOutputStream pending = new ByteArrayOutputStream();
    private int rounds = 1;
    private int chop = ONE_WRITE;
    private boolean flushEachFrame;

    private Sending(Messages joined) {
        this.joined = joined;
    }

    /// Understands a column; messages that a column before it has begun are in `joined`.
    static Sending parse(String column, Messages joined) {
        Sending sending = new Sending(joined);
        for (String token : Tokens.of(column)) {
            sending.add(token);
        }
        sending.flush();
        sending.messages.addAll(joined.takeFinished());
        return sending;
    }

    /// What to do, in order.
    List<SendStep> steps() {
        return steps;
    }

    /// The data messages that end in it, fragments joined: what an echo gives back.
    List<RawFrame> messages() {
        return messages;
    }

    /// The pings in it.
    List<RawFrame> pings() {
        return pings;
    }

    /// How often this column and the answer to it are repeated.
    int rounds() {
        return rounds;
    }

    /// All that is written, after other bytes: pauses do not count.
    byte[] bytesAfter(byte[] others) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(others);
        for (SendStep step : steps) {
            if (step instanceof SendStep.Write write) {
                all.writeBytes(write.bytes());
            }
        }
        return all.toByteArray();
    }

    /// The same messages and pings, but nothing left to do.
    Sending alreadySent() {
        Sending sent = new Sending(joined);
        sent.messages.addAll(messages);
        sent.pings.addAll(pings);
        return sent;
    }

    private void add(String token) {
        switch (token) {
            case "one" -> mode(ONE_WRITE, false);
            case "frame" -> mode(ONE_WRITE, true);
            case "octet" -> mode(1, false);
            case "pause" -> step(new SendStep.Pause());
            case "fin" -> step(new SendStep.HalfClose());
            default -> addWithValue(token);
        }
    }

    private void addWithValue(String token) {
        if (token.startsWith("chop=")) {
            mode(Math.toIntExact(Payload.number(token.substring(5))), false);
        } else if (token.startsWith("repeat=")) {
            rounds = Math.toIntExact(Payload.number(token.substring(7)));
        } else if (token.startsWith("raw=")) {
            pending.writeBytes(Payload.parse(token.substring(4)));
        } else {
            addFrames(token);
        }
    }

    private void addFrames(String token) {
        Matcher repeated = REPEATED.matcher(token);
        if (!repeated.matches()) {
            addFrame(FrameNotation.parse(token));
            return;
        }
        String notation = repeated.group(2);
        boolean counted = notation.contains("{i}");
        FrameNotation same = FrameNotation.parse(notation);
        long times = Payload.number(repeated.group(1));
        for (long i = 1; i <= times; i++) {
            addFrame(counted ? FrameNotation.parse(notation.replace("{i}", "" + i)) : same);
        }
    }

    private void addFrame(FrameNotation notation) {
        RawFrame frame = notation.frame();
        if (notation.split() > 0) {
            addFragments(frame, notation.split());
            return;
        }
        collect(frame);
        byte[] bytes = frame.encoded();
        if (notation.pause() >= 0) {
            int before = bytes.length - frame.payload().length + notation.pause();
            pending.write(bytes, 0, before);
            step(new SendStep.Pause());
            pending.write(bytes, before, bytes.length - before);
        } else {
            pending.writeBytes(bytes);
        }
        if (flushEachFrame) {
            flush();
        }
    }

    /// Cuts as Autobahn does: a payload that the size divides ends with an empty fragment.
    private void addFragments(RawFrame frame, int size) {
        byte[] payload = frame.payload();
        int opcode = frame.opcode();
        for (int at = 0; at <= payload.length; at += size) {
            int end = Math.min(payload.length, at + size);
            RawFrame fragment = RawFrame.of(opcode, Arrays.copyOfRange(payload, at, end));
            boolean last = at + size > payload.length && frame.fin();
            addFrame(new FrameNotation(last ? fragment : fragment.unfinished(), 0, -1));
            opcode = RawFrame.CONTINUATION;
        }
    }

    private void collect(RawFrame frame) {
        if (frame.opcode() <= RawFrame.BINARY) {
            joined.add(frame);
        } else if (frame.opcode() == RawFrame.PING) {
            pings.add(frame);
        }
    }

    private void mode(int newChop, boolean eachFrame) {
        flush();
        chop = newChop;
        flushEachFrame = eachFrame;
    }

    private void step(SendStep step) {
        flush();
        steps.add(step);
    }

    private void flush() {
        if (pending.size() > 0) {
            steps.add(new SendStep.Write(pending.toByteArray(), chop));
            pending.reset();
        }
    }
}

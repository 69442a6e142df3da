package dev.heddle.conformance;

import dev.heddle.support.RawFrame;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The notation of one frame in the tables: `NAME[!][[how,...]][(code)][=payload]`.
///
/// @param frame the frame
/// @param split at how many bytes of payload it is cut into fragments; 0 for not at all
/// @param pause after how many bytes of payload the sender waits; -1 for not at all
record FrameNotation(RawFrame frame, int split, int pause) {
    private static final Pattern FRAME =
            Pattern.compile(
                    "(?<name>T|B|C|CL|PI|PO|OP\\d{1,2})(?<more>!?)(?:\\[(?<how>[^]]*)])?"
                            + "(?:\\((?<code>\\d{1,5})\\))?(?<payload>=.*)?");
    private static final List<String> NAMES =
            List.of("C", "T", "B", "OP3", "OP4", "OP5", "OP6", "OP7", "CL", "PI", "PO");

    static FrameNotation parse(String notation) {
        Matcher parts = FRAME.matcher(notation);
        if (!parts.matches()) {
            throw new TableException("no frame: " + notation);
        }
        RawFrame frame = RawFrame.of(opcode(parts.group("name")), payload(parts));
        if (!parts.group("more").isEmpty()) {
            frame = frame.unfinished();
        }
        FrameNotation whole = new FrameNotation(frame, 0, -1);
        if (parts.group("how") != null) {
            for (String how : parts.group("how").split(",", -1)) {
                whole = whole.with(how);
            }
        }
        return whole;
    }

    private static int opcode(String name) {
        int known = NAMES.indexOf(name);
        int opcode = known >= 0 ? known : Integer.parseInt(name.substring(2));
        if (opcode > 15 || (known < 0 && opcode <= RawFrame.PONG)) {
            throw new TableException("no reserved opcode: " + name);
        }
        return opcode;
    }

    private static byte[] payload(Matcher parts) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        if (parts.group("code") != null) {
            if (!parts.group("name").equals("CL")) {
                throw new TableException("only CL has a code: " + parts.group());
            }
            short code = (short) Integer.parseInt(parts.group("code"));
            bytes.writeBytes(ByteBuffer.allocate(2).putShort(code).array());
        }
        if (parts.group("payload") != null) {
            bytes.writeBytes(Payload.parse(parts.group("payload").substring(1)));
        }
        return bytes.toByteArray();
    }

    private FrameNotation with(String how) {
        String[] parts = how.split("=", 2);
        String value = parts.length == 1 ? "" : parts[1];
        return switch (parts[0]) {
            case "rsv" -> changed(frame.rsv(Integer.parseInt(value)));
            case "unmasked" -> changed(frame.unmasked());
            case "len" -> changed(frame.lengthBytes(lengthBytes(value)));
            case "declares" -> changed(frame.declaring(Payload.number(value)));
            case "split" -> new FrameNotation(frame, size(value), pause);
            case "pause" -> new FrameNotation(frame, split, size(value));
            default -> throw new TableException("no way to send a frame: " + how);
        };
    }

    private FrameNotation changed(RawFrame other) {
        return new FrameNotation(other, split, pause);
    }

    private static int lengthBytes(String bits) {
        return switch (bits) {
            case "16" -> 2;
            case "64" -> 8;
            default -> throw new TableException("no length form: " + bits);
        };
    }

    private static int size(String notation) {
        return Math.toIntExact(Payload.number(notation));
    }
}

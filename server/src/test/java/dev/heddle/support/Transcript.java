package dev.heddle.support;

import java.util.Arrays;

/// What went over a socket in one direction: the first and the last bytes of it, and how many there
/// were, so that a failure can show them whatever their size. **Safe for use by several threads.**
final class Transcript {
    private static final int HEAD = 512;
    private static final int TAIL = 128;

    private final byte[] head = new byte[HEAD];
    private final byte[] tail = new byte[TAIL];
    private long count;

    synchronized void add(byte[] bytes, int offset, int length) {
        if (count < HEAD) {
            System.arraycopy(
                    bytes, offset, head, (int) count, Math.min(length, HEAD - (int) count));
        }
        for (int i = Math.max(0, length - TAIL); i < length; i++) {
            tail[(int) ((count + i) % TAIL)] = bytes[offset + i];
        }
        count += length;
    }

    /// The bytes as rows of hex and ASCII, the middle left out when there are many.
    synchronized String dump() {
        String start = HexDump.rows(Arrays.copyOf(head, (int) Math.min(count, HEAD)), 0);
        if (count <= HEAD) {
            return start;
        }
        int kept = (int) Math.min(TAIL, count - HEAD);
        byte[] end = new byte[kept];
        for (int i = 0; i < kept; i++) {
            end[i] = tail[(int) ((count - kept + i) % TAIL)];
        }
        String gap = count - kept > HEAD ? "  ...\n" : "";
        return start + gap + HexDump.rows(end, count - kept);
    }

    synchronized long count() {
        return count;
    }
}

package dev.heddle.bench.engine;

/// The first 16 bytes of every message that is sent: who sent it, its number and when. Printable
/// ASCII, six bits a byte, so that it goes through text messages.
///
/// The first word holds the sender (20 bits) and the number (28 bits), the second the time (48 bits
/// of nanoseconds, which begin anew after 78 hours).
public final class Stamp {
    /// How long a stamp is.
    public static final int BYTES = 16;

    /// Senders are smaller than this.
    public static final int SENDERS = 1 << 20;

    /// Numbers are smaller than this.
    public static final int NUMBERS = 1 << 28;

    private static final long ZEROS = 0x3030303030303030L;
    private static final int NUMBER_BITS = 28;
    private static final int TIME_BITS = 48;

    private Stamp() {}

    /// The first word of the stamp.
    public static long origin(int sender, int number) {
        return encode((long) sender << NUMBER_BITS | number);
    }

    /// The second word of the stamp.
    public static long time(long nanos) {
        return encode(nanos);
    }

    /// Whether the 16 bytes at `at` are a stamp.
    public static boolean isAt(byte[] bytes, int at) {
        return isWord(word(bytes, at)) && isWord(word(bytes, at + Long.BYTES));
    }

    /// The sender in the stamp at `at`.
    public static int sender(byte[] bytes, int at) {
        return (int) (decode(word(bytes, at)) >>> NUMBER_BITS);
    }

    /// The number in the stamp at `at`.
    public static int number(byte[] bytes, int at) {
        return (int) (decode(word(bytes, at)) & (NUMBERS - 1));
    }

    /// The nanoseconds between the stamp at `at` and `now`.
    public static long age(byte[] bytes, int at, long now) {
        long difference = now - decode(word(bytes, at + Long.BYTES));
        return difference << (Long.SIZE - TIME_BITS) >> (Long.SIZE - TIME_BITS);
    }

    /// Spreads 48 bits over 8 bytes, six each: halves, quarters, eighths.
    private static long encode(long bits) {
        long halves = (bits & 0xffffff000000L) << 8 | bits & 0xffffffL;
        long quarters = (halves & 0x00fff00000fff000L) << 4 | halves & 0x00000fff00000fffL;
        long eighths = (quarters & 0x0fc00fc00fc00fc0L) << 2 | quarters & 0x003f003f003f003fL;
        return eighths + ZEROS;
    }

    private static long decode(long word) {
        long eighths = word - ZEROS;
        long quarters = (eighths & 0x3f003f003f003f00L) >>> 2 | eighths & 0x003f003f003f003fL;
        long halves = (quarters & 0x0fff00000fff0000L) >>> 4 | quarters & 0x00000fff00000fffL;
        return (halves & 0x00ffffff00000000L) >>> 8 | halves & 0x00ffffffL;
    }

    private static long word(byte[] bytes, int at) {
        long word = 0;
        for (int i = at; i < at + Long.BYTES; i++) {
            word = word << Byte.SIZE | bytes[i] & 0xff;
        }
        return word;
    }

    private static boolean isWord(long word) {
        return encode(decode(word)) == word;
    }
}

package dev.heddle.deflate;

/// An agreement of a client and the server on compression, as far as it changes what either does:
/// how far back each looks for repetitions (RFC 7692, section 7.1.2).
///
/// @param serverWindowBits the client inflates with a window of so many bits, 9 to 15
/// @param clientWindowBits the client deflates with a window of so many bits, 8 to 15
public record Agreement(int serverWindowBits, int clientWindowBits) {
    /// The window size where nobody names one, which is also the largest.
    static final int MAX_BITS = 15;

    /// The least that zlib deflates with.
    static final int MIN_BITS = 9;
}

package dev.heddle.http;

/// Finds the end of a request head in bytes as they arrive, and refuses at once what can be none:
/// control bytes, line ends other than CRLF, a first byte that begins no method. One empty line
/// before the request line is passed over (RFC 9112, section 2.2). Pure, linear: no byte is looked
/// at twice.
final class HeadScanner {
    private int scanned;
    private int skipped;
    private int lineLength;
    private int lines;
    private boolean afterCr;

    /// Looks at the bytes that it has not seen.
    ///
    /// @param from where the head begins; the same in each call, as far as the head goes
    /// @param to where the bytes end that have arrived
    /// @return where the head ends, or -1 when it goes on
    int scan(byte[] bytes, int from, int to) throws BadRequest {
        for (int i = from + scanned; i < to; i++) {
            scanned++;
            byte value = bytes[i];
            if (afterCr) {
                if (value != '\n') {
                    throw BadRequest.SYNTAX;
                }
                afterCr = false;
                if (lineLength > 0) {
                    lineLength = 0;
                    lines++;
                } else if (lines > 0) {
                    return i + 1;
                } else if (skipped == 0) {
                    skipped = scanned;
                } else {
                    throw BadRequest.SYNTAX;
                }
            } else if (value == '\r') {
                afterCr = true;
            } else {
                check(value);
                lineLength++;
            }
        }
        return -1;
    }

    /// Whether the request line has not ended yet.
    boolean isInRequestLine() {
        return lines == 0;
    }

    /// How many bytes the empty line before the request line has; 0 if there is none.
    int skipped() {
        return skipped;
    }

    private void check(byte value) throws BadRequest {
        boolean control = value >= 0 && value < ' ' && value != '\t' || value == 0x7F;
        boolean beginsNoMethod = isInRequestLine() && lineLength == 0 && !isTokenByte(value);
        boolean notAscii = value < 0 && isInRequestLine();
        if (control || beginsNoMethod || notAscii) {
            throw BadRequest.SYNTAX;
        }
    }

    /// Whether a byte may be part of a token (RFC 9110, section 5.6.2).
    static boolean isTokenByte(byte value) {
        return value >= 'a' && value <= 'z'
                || value >= 'A' && value <= 'Z'
                || value >= '0' && value <= '9'
                || value > ' ' && "!#$%&'*+-.^_`|~".indexOf(value) >= 0;
    }
}

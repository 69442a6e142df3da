package dev.heddle.pem;

import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/// A block of a PEM text (RFC 7468).
///
/// @param label what it says it is
/// @param der its content; empty if it is garbled
public record PemBlock(String label, byte[] der) {
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]{1,40})-----([^-]*)-----END \\1-----");

    /// Whether the text looks like PEM.
    public static boolean isIn(String text) {
        return text.contains("-----BEGIN ");
    }

    /// All blocks of a text. Line ends may be written `\n`, as they must be in some environments.
    public static List<PemBlock> blocks(String text) {
        return BLOCK.matcher(text.replace("\\n", "\n"))
                .results()
                .map(block -> new PemBlock(block.group(1), decoded(block.group(2))))
                .toList();
    }

    private static byte[] decoded(String base64) {
        try {
            return Base64.getMimeDecoder().decode(base64);
        } catch (IllegalArgumentException garbled) {
            return new byte[0]; // which is no key
        }
    }

    /// The text of a block.
    public static String text(String label, byte[] der) {
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(label, base64, label);
    }
}

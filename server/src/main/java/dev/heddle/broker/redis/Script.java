package dev.heddle.broker.redis;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;

/// A step that Redis carries out as a whole, in Lua.
///
/// @param text of the script
/// @param sha1 by which Redis knows it once it has seen it
record Script(String text, String sha1) {
    static final Script PUBLISH = of("append", "publish");
    static final Script READ = of("append", "read");
    static final Script ENTER = of("append", "members", "enter");
    static final Script LEAVE = of("append", "members", "leave");
    static final Script FORGET = of("append", "members", "forget");
    static final Script SNAPSHOT = of("append", "snapshot");
    static final Script CLAIM = of("claim");
    static final Script SETTLE = of("settle");
    static final Script TICK = of("append", "tick");

    /// @param files whose texts follow each other
    private static Script of(String... files) {
        StringBuilder text = new StringBuilder();
        for (String file : files) {
            text.append(read(file + ".lua")).append('\n');
        }
        return new Script(text.toString(), sha1(text.toString()));
    }

    private static String read(String file) {
        try (InputStream in = Objects.requireNonNull(Script.class.getResourceAsStream(file))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException impossible) {
            throw new IllegalStateException(file, impossible);
        }
    }

    private static String sha1(String text) {
        try {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(bytes));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}

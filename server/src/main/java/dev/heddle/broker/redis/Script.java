package dev.heddle.broker.redis;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;

/// What Redis does in one step, in Lua.
///
/// @param text of the script
/// @param sha1 by which Redis knows it once it has seen it
record Script(String text, String sha1) {
    static final Script PUBLISH = load("publish.lua");
    static final Script READ = load("read.lua");

    private static Script load(String file) {
        try (InputStream in = Objects.requireNonNull(Script.class.getResourceAsStream(file))) {
            byte[] bytes = in.readAllBytes();
            byte[] digest = MessageDigest.getInstance("SHA-1").digest(bytes);
            return new Script(
                    new String(bytes, StandardCharsets.UTF_8), HexFormat.of().formatHex(digest));
        } catch (IOException | NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(file, impossible);
        }
    }
}

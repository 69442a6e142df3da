package dev.heddle.auth;

import com.nimbusds.jose.jwk.JWKSet;

import dev.heddle.config.Secret;
import dev.heddle.config.TokenSettings;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;

/// Where keys come from. **Thread-safe.**
sealed interface KeySource extends AutoCloseable permits KeySource.Text, KeySource.File, JwksUrl {

    /// The keys as they are now. Blocks until they are there.
    ///
    /// @throws KeyFault if they cannot be had or used
    JWKSet load() throws KeyFault;

    /// Whether they may be others at another time.
    default boolean changes() {
        return true;
    }

    @Override
    default void close() {}

    /// The source of keys in the settings, unless login is open.
    static KeySource of(TokenSettings settings) {
        if (settings.keys().secret().isSet()) {
            return new Text("token.secret", settings.keys().secret(), Text::secret);
        }
        if (settings.keys().key().isSet()) {
            return new Text("token.key", settings.keys().key(), KeyText::ofKeys);
        }
        if (!settings.keys().secretFile().isEmpty()) {
            return new File("token.secret-file", settings.keys().secretFile(), File::secret);
        }
        if (!settings.keys().keyFile().isEmpty()) {
            return new File("token.key-file", settings.keys().keyFile(), File::keys);
        }
        return new JwksUrl(settings.keys().jwksUrl());
    }

    /// Finds keys in something.
    ///
    /// @param <T> what in
    interface Reader<T> {
        JWKSet read(T from) throws KeyFault;
    }

    /// A setting itself.
    record Text(String setting, Secret text, Reader<String> reader) implements KeySource {
        @Override
        public JWKSet load() throws KeyFault {
            try {
                return reader.read(text.text());
            } catch (KeyFault fault) {
                throw new KeyFault(setting + " " + fault.getMessage());
            }
        }

        @Override
        public boolean changes() {
            return false;
        }

        private static JWKSet secret(String text) throws KeyFault {
            return KeyText.ofSecret(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    /// A file, which an operator may replace.
    record File(String setting, String name, Reader<byte[]> reader) implements KeySource {
        private static final int MAX_BYTES = 256 << 10;

        @Override
        public JWKSet load() throws KeyFault {
            try {
                return reader.read(content(Path.of(name)));
            } catch (KeyFault fault) {
                throw new KeyFault(setting + " " + name + " " + fault.getMessage());
            }
        }

        /// The content of a file with keys.
        ///
        /// @throws KeyFault if it cannot be read
        static byte[] content(Path file) throws KeyFault {
            try (InputStream in = Files.newInputStream(file)) {
                byte[] bytes = in.readNBytes(MAX_BYTES + 1);
                if (bytes.length > MAX_BYTES) {
                    throw new KeyFault("is larger than 256KiB");
                }
                return bytes;
            } catch (NoSuchFileException missing) {
                throw new KeyFault("does not exist");
            } catch (KeyFault fault) {
                throw fault;
            } catch (IOException failure) {
                throw new KeyFault("cannot be read");
            }
        }

        /// Bytes as text.
        ///
        /// @throws KeyFault if they are none
        static String text(byte[] bytes) throws KeyFault {
            try {
                return StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(bytes))
                        .toString();
            } catch (CharacterCodingException binary) {
                throw new KeyFault("is no text; openssl pkey -inform DER makes PEM of DER");
            }
        }

        private static JWKSet keys(byte[] bytes) throws KeyFault {
            return KeyText.ofKeys(text(bytes));
        }

        /// The line end that editors put behind the last line is no part of the secret.
        private static JWKSet secret(byte[] bytes) throws KeyFault {
            int length = bytes.length;
            if (length > 0 && bytes[length - 1] == '\n') {
                length--;
                if (length > 0 && bytes[length - 1] == '\r') {
                    length--;
                }
            }
            return KeyText.ofSecret(Arrays.copyOf(bytes, length));
        }
    }
}

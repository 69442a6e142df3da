package dev.heddle.tls;

import dev.heddle.config.TlsSettings;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.List;

import javax.net.ssl.SSLContext;

/// The identity of a caller that asks a server with the same files.
public final class OwnCertificate {
    private OwnCertificate() {}

    /// TLS as a client that trusts the port with this certificate alone, by whatever name it is
    /// called, and shows the same certificate. Blocks until the files are read.
    ///
    /// @param group what the names of the settings begin with
    /// @throws TlsFault if the files cannot be used
    public static SSLContext client(String group, TlsSettings settings) throws TlsFault {
        KeyFiles.Pair pair = new KeyFiles(group, settings).pair();
        try {
            return Identity.context(pair, List.of(pair.own()));
        } catch (GeneralSecurityException | IOException unusable) {
            throw new TlsFault(group + ": the key cannot be used by this Java");
        }
    }
}

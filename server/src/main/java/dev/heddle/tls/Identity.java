package dev.heddle.tls;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/// The identity of a port, and the callers that it lets in, as its files said when they were read.
/// Immutable.
///
/// @param context with its key
/// @param own its certificate
/// @param asksClients whether clients need a certificate
record Identity(SSLContext context, X509Certificate own, boolean asksClients) {
    /// Sessions that are kept for TLS 1.2 clients which know no tickets; others keep their own.
    private static final int MAX_SESSIONS = 2_048;

    /// Reads the files. Blocks.
    ///
    /// @throws TlsFault if the operator has to mend something
    static Identity read(KeyFiles files) throws TlsFault {
        KeyFiles.Pair pair = files.pair();
        List<X509Certificate> authorities = files.clientAuthorities();
        try {
            return of(pair, authorities);
        } catch (GeneralSecurityException | IOException unusable) {
            throw new TlsFault(files.group() + ": the key cannot be used by this Java");
        }
    }

    private static Identity of(KeyFiles.Pair pair, List<X509Certificate> authorities)
            throws GeneralSecurityException, IOException {
        SSLContext context = context(pair, authorities);
        context.getServerSessionContext().setSessionCacheSize(MAX_SESSIONS);
        return new Identity(context, pair.own(), !authorities.isEmpty());
    }

    /// @param authorities of those who are let in; nobody has to show anything if there are none
    static SSLContext context(KeyFiles.Pair pair, List<X509Certificate> authorities)
            throws GeneralSecurityException, IOException {
        KeyStore keys = emptyStore();
        char[] unlocked = new char[0];
        keys.setKeyEntry("own", pair.key(), unlocked, pair.chain().toArray(X509Certificate[]::new));
        KeyManagerFactory managers =
                KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, unlocked);
        TrustManager[] trusts =
                authorities.isEmpty()
                        ? new TrustManager[0] // and not the default ones, which are large
                        : new TrustManager[] {trust(authorities, pair.own())};
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), trusts, null);
        return context;
    }

    private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    private static TrustManager trust(List<X509Certificate> authorities, X509Certificate own)
            throws GeneralSecurityException, IOException {
        KeyStore trusted = emptyStore();
        for (int i = 0; i < authorities.size(); i++) {
            trusted.setCertificateEntry("authority-" + i, authorities.get(i));
        }
        TrustManagerFactory factory =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(trusted);
        return new OwnOr(own, (X509ExtendedTrustManager) factory.getTrustManagers()[0]);
    }

    /// When the certificate ends.
    Instant end() {
        return own.getNotAfter().toInstant();
    }
}

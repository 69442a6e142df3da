package dev.heddle.support;

import dev.heddle.tls.SelfSigned;

import org.jspecify.annotations.Nullable;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/// A certificate of 127.0.0.1 and localhost that its own key has signed, in files of a folder.
///
/// @param certificate its file
/// @param key the file with its private key
/// @param signed what is in them
public record TestCertificate(Path certificate, Path key, SelfSigned signed) {
    private static final Duration DAY = Duration.ofDays(1);
    private static final char[] NO_PASSWORD = new char[0];

    /// One that is valid today.
    public static TestCertificate in(Path folder) {
        Instant now = Instant.now();
        return in(folder, now.minus(DAY), now.plus(DAY));
    }

    /// One that is valid between two times.
    public static TestCertificate in(Path folder, Instant from, Instant to) {
        return in(folder, SelfSigned.make(List.of("127.0.0.1", "localhost"), from, to));
    }

    private static TestCertificate in(Path folder, SelfSigned signed) {
        TestCertificate made =
                new TestCertificate(
                        folder.resolve("certificate.pem"), folder.resolve("key.pem"), signed);
        made.replaceBy(signed);
        return made;
    }

    /// One in a folder of its own, which is deleted when the JVM ends.
    public static TestCertificate ofItsOwn() {
        return of("127.0.0.1", "localhost");
    }

    /// The same of other names.
    public static TestCertificate of(String... names) {
        Instant now = Instant.now();
        try {
            Path folder = Files.createTempDirectory("heddle-tls");
            TestCertificate made =
                    in(folder, SelfSigned.make(List.of(names), now.minus(DAY), now.plus(DAY)));
            folder.toFile().deleteOnExit();
            made.certificate.toFile().deleteOnExit();
            made.key.toFile().deleteOnExit();
            return made;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Puts another one in the place of what is in the files, as operators do: by moving them.
    public void replaceBy(SelfSigned other) {
        try {
            move(other.key(), key);
            move(other.certificate(), certificate);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Key and certificate in one file beside them, as proxies read them.
    public Path both() {
        try {
            return Files.writeString(
                    key.resolveSibling("both.pem"), signed.key() + signed.certificate());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void move(String text, Path to) throws IOException {
        Path beside = to.resolveSibling("new-" + to.getFileName());
        Files.writeString(beside, text);
        Files.move(beside, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /// The variables of a server whose public port has it.
    public Map<String, String> variables() {
        return variables("HEDDLE_TLS_");
    }

    /// The same of any port.
    ///
    /// @param prefix what the names of the variables begin with
    public Map<String, String> variables(String prefix) {
        return Map.of(
                prefix + "CERTIFICATE", certificate.toString(), prefix + "KEY", key.toString());
    }

    /// The certificate itself.
    public static X509Certificate parsed(SelfSigned signed) {
        return parsed(signed.certificate());
    }

    private static X509Certificate parsed(String pem) {
        try {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509")
                            .generateCertificate(
                                    new ByteArrayInputStream(
                                            pem.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /// What trusts one certificate and nothing else.
    ///
    /// @param pem the certificate
    public static TrustManager[] trust(String pem) {
        try {
            KeyStore store = store();
            store.setCertificateEntry("server", parsed(pem));
            TrustManagerFactory trust =
                    TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            return trust.getTrustManagers();
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /// A client that trusts it and nothing else.
    public SSLContext client() {
        return client(signed, null);
    }

    /// A client that trusts one and shows another.
    public static SSLContext client(SelfSigned trusted, @Nullable SelfSigned shown) {
        try {
            KeyManagerFactory keys =
                    KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(shown == null ? store() : storeOf(shown), NO_PASSWORD);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), trust(trusted.certificate()), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyStore store() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    private static KeyStore storeOf(SelfSigned own) throws GeneralSecurityException, IOException {
        String base64 = own.key().replaceAll("-----[A-Z ]+-----|\\s", "");
        PrivateKey key =
                KeyFactory.getInstance("EC")
                        .generatePrivate(
                                new PKCS8EncodedKeySpec(Base64.getDecoder().decode(base64)));
        KeyStore store = store();
        store.setKeyEntry("own", key, NO_PASSWORD, new X509Certificate[] {parsed(own)});
        return store;
    }
}

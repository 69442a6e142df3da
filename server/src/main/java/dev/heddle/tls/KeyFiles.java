package dev.heddle.tls;

import dev.heddle.config.TlsSettings;
import dev.heddle.pem.PemBlock;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/// The files that a port shows who it is with. Reading them blocks.
///
/// @param group what the names of the settings begin with, for the operator
record KeyFiles(String group, TlsSettings settings) {
    private static final int MAX_BYTES = 1 << 20;

    /// A private key and the certificates that go with it, its own first.
    record Pair(PrivateKey key, List<X509Certificate> chain) {
        X509Certificate own() {
            return chain.getFirst();
        }
    }

    /// The stamps by which a change of any of the files is noticed.
    List<String> stamps() {
        return Stream.of(
                        settings.certificate(),
                        settings.key(),
                        settings.keystore(),
                        settings.clientCa())
                .filter(name -> !name.isEmpty())
                .map(KeyFiles::stamp)
                .toList();
    }

    private static String stamp(String name) {
        try {
            Path path = Path.of(name);
            var file = Files.readAttributes(path, BasicFileAttributes.class);
            return "%s %s %d %b"
                    .formatted(
                            file.fileKey(),
                            file.lastModifiedTime(),
                            file.size(),
                            Files.isReadable(path));
        } catch (IOException missing) {
            return "missing";
        }
    }

    /// Reads the key and its certificates.
    ///
    /// @throws TlsFault if they cannot be read, or do not belong together
    Pair pair() throws TlsFault {
        return settings.keystore().isEmpty() ? pairOfPem() : pairOfKeystore();
    }

    /// Reads the authorities of clients' certificates; none if clients need no certificate.
    ///
    /// @throws TlsFault if they cannot be read
    List<X509Certificate> clientAuthorities() throws TlsFault {
        return settings.clientCa().isEmpty()
                ? List.of()
                : certificates(".client-ca", settings.clientCa());
    }

    private Pair pairOfPem() throws TlsFault {
        List<X509Certificate> chain = certificates(".certificate", settings.certificate());
        X509Certificate own = chain.getFirst();
        PrivateKey key = privateKey(own);
        if (!belongs(key, own.getPublicKey())) {
            boolean isOfAnother =
                    chain.stream().anyMatch(other -> belongs(key, other.getPublicKey()));
            throw fault(
                    ".key",
                    settings.key(),
                    isOfAnother
                            ? "belongs to a certificate that must be the first of its file"
                            : "does not belong to the certificate of " + settings.certificate());
        }
        return new Pair(key, chain);
    }

    private List<X509Certificate> certificates(String setting, String name) throws TlsFault {
        List<X509Certificate> found = new ArrayList<>();
        for (PemBlock block : PemBlock.blocks(text(setting, name))) {
            if (block.label().equals("CERTIFICATE")) {
                found.add(certificate(setting, name, block));
            }
        }
        if (found.isEmpty()) {
            throw fault(setting, name, "has no certificate in PEM");
        }
        return found;
    }

    private X509Certificate certificate(String setting, String name, PemBlock block)
            throws TlsFault {
        try {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509")
                            .generateCertificate(new ByteArrayInputStream(block.der()));
        } catch (GeneralSecurityException unreadable) {
            throw fault(setting, name, "has a certificate that cannot be read");
        }
    }

    private PrivateKey privateKey(X509Certificate own) throws TlsFault {
        String name = settings.key();
        for (PemBlock block : PemBlock.blocks(text(".key", name))) {
            switch (block.label()) {
                case "PRIVATE KEY" -> {
                    return privateKey(own.getPublicKey(), block.der());
                }
                case "RSA PRIVATE KEY", "EC PRIVATE KEY" -> {
                    return privateKey(own.getPublicKey(), Der.pkcs8(own.getPublicKey(), block));
                }
                case "ENCRYPTED PRIVATE KEY" ->
                        throw fault(
                                ".key",
                                name,
                                "is encrypted; openssl pkey decrypts it, or use "
                                        + group
                                        + ".keystore");
                default -> {} // such as EC PARAMETERS
            }
        }
        throw fault(".key", name, "has no private key in PEM");
    }

    private PrivateKey privateKey(PublicKey own, byte[] pkcs8) throws TlsFault {
        try {
            return KeyFactory.getInstance(own.getAlgorithm())
                    .generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
        } catch (GeneralSecurityException unreadable) {
            throw fault(
                    ".key",
                    settings.key(),
                    "has no %s key that can be read, as the certificate of %s needs"
                            .formatted(own.getAlgorithm(), settings.certificate()));
        }
    }

    private Pair pairOfKeystore() throws TlsFault {
        String name = settings.keystore();
        char[] password = settings.keystorePassword().text().toCharArray();
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(new ByteArrayInputStream(content(".keystore", name)), password);
            for (String alias : Collections.list(store.aliases())) {
                Certificate[] chain = store.getCertificateChain(alias);
                if (chain != null && store.getKey(alias, password) instanceof PrivateKey key) {
                    return new Pair(key, chain(chain));
                }
            }
        } catch (GeneralSecurityException | IOException unreadable) {
            if (unreadable instanceof TlsFault fault) {
                throw fault;
            }
            throw fault(
                    ".keystore",
                    name,
                    "is no PKCS#12 file that " + group + ".keystore-password opens");
        }
        throw fault(".keystore", name, "has no private key with a certificate");
    }

    private static List<X509Certificate> chain(Certificate... chain) {
        return Stream.of(chain).map(X509Certificate.class::cast).toList();
    }

    /// Whether a signature of the one is verified by the other.
    private static boolean belongs(PrivateKey key, PublicKey other) {
        String algorithm =
                switch (other.getAlgorithm()) {
                    case "RSA" -> "SHA256withRSA";
                    case "EC" -> "SHA256withECDSA";
                    default -> other.getAlgorithm();
                };
        try {
            Signature signature = Signature.getInstance(algorithm);
            signature.initSign(key);
            byte[] signed = signature.sign();
            signature.initVerify(other);
            return signature.verify(signed);
        } catch (GeneralSecurityException ofAnotherKind) {
            return false;
        }
    }

    private String text(String setting, String name) throws TlsFault {
        return new String(content(setting, name), StandardCharsets.ISO_8859_1);
    }

    private byte[] content(String setting, String name) throws TlsFault {
        Path file = Path.of(name);
        if (Files.exists(file) && !Files.isRegularFile(file)) { // a pipe would keep us
            throw fault(setting, name, "is no regular file");
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw fault(setting, name, "is larger than 1 MiB");
            }
            return bytes;
        } catch (NoSuchFileException missing) {
            throw fault(setting, name, "does not exist");
        } catch (TlsFault fault) {
            throw fault;
        } catch (IOException unreadable) {
            throw fault(setting, name, "cannot be read");
        }
    }

    private TlsFault fault(String setting, String name, String what) {
        return new TlsFault(group + setting + " " + name + " " + what);
    }
}

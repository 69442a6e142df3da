package dev.heddle.config;

/// How a port shows who it is, if it speaks TLS: by PEM files or a PKCS#12 file, not both.
///
/// @param certificate file with the certificate and those that lead to its authority, as PEM
/// @param key file with its private key, as PEM
/// @param keystore file with both, as PKCS#12
/// @param keystorePassword of that file
/// @param clientCa file with the authorities of clients' certificates, as PEM; clients need none if
///   empty
public record TlsSettings(
        String certificate, String key, String keystore, Secret keystorePassword, String clientCa) {
    /// No TLS.
    public static final TlsSettings OFF = new TlsSettings("", "", "", Secret.NONE, "");

    public TlsSettings {
        if (certificate.isEmpty() != key.isEmpty()) {
            throw new IllegalArgumentException("tls.certificate needs tls.key, and the reverse");
        }
        if (!certificate.isEmpty() && !keystore.isEmpty()) {
            throw new IllegalArgumentException("tls.keystore cannot be beside tls.certificate");
        }
    }

    static TlsSettings of(Values values, TlsRows rows) {
        return new TlsSettings(
                values.get(rows.certificate()),
                values.get(rows.key()),
                values.get(rows.keystore()),
                values.get(rows.password()),
                rows.clientCa().map(values::get).orElse(""));
    }

    /// Whether the port speaks TLS.
    public boolean isOn() {
        return !certificate.isEmpty() || !keystore.isEmpty();
    }
}

package dev.heddle.config;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The rows of the [SettingsTable] that every port has which may speak TLS.
///
/// @param clientCa where the port may ask for clients' certificates
record TlsRows(
        Setting<String> certificate,
        Setting<String> key,
        Setting<String> keystore,
        Setting<Secret> password,
        Optional<Setting<String>> clientCa)
        implements RowGroup {

    static final TlsRows PUBLIC = of("tls", "the public port", Optional.empty());

    static final TlsRows INTERNAL =
            of(
                    "internal.tls",
                    "the internal port",
                    Optional.of(
                            file(
                                    "internal.tls.client-ca",
                                    "authorities of callers' certificates, as PEM")));

    private static TlsRows of(String group, String port, Optional<Setting<String>> clientCa) {
        return new TlsRows(
                file(group + ".certificate", "certificate chain of " + port + ", as PEM"),
                file(group + ".key", "private key of " + port + ", as PEM"),
                file(group + ".keystore", "chain and key of " + port + ", as PKCS#12"),
                new Setting<>(
                        group + ".keystore-password",
                        TokenKinds.PASSWORD,
                        "",
                        "password of the PKCS#12 file of " + port),
                clientCa);
    }

    private static Setting<String> file(String name, String description) {
        return new Setting<>(name, TokenKinds.FILE, "", description);
    }

    @Override
    public List<Setting<?>> all() {
        return Stream.concat(
                        Stream.<Setting<?>>of(certificate, key, keystore, password),
                        clientCa.stream())
                .toList();
    }
}

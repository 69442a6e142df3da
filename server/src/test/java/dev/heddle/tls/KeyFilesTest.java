package dev.heddle.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.heddle.config.Secret;
import dev.heddle.config.TlsSettings;
import dev.heddle.support.TestCertificate;
import dev.heddle.telemetry.Counters;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/// The files of a certificate, good ones and others. Those of other kinds are OpenSSL's.
class KeyFilesTest {
    @TempDir private Path folder;

    private static String run(Path folder, String command) throws Exception {
        Process process =
                new ProcessBuilder("bash", "-c", command)
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .start();
        String said = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertEquals(0, process.waitFor(), said);
        return said;
    }

    private TlsSettings pem(String certificate, String key) {
        return new TlsSettings(
                folder.resolve(certificate).toString(),
                folder.resolve(key).toString(),
                "",
                Secret.NONE,
                "");
    }

    private static TlsPort open(TlsSettings settings) throws TlsFault {
        return TlsPort.open("tls", settings, new Counters()).orElseThrow();
    }

    private String fault(TlsSettings settings) {
        TlsFault fault = assertThrows(TlsFault.class, () -> open(settings));
        return String.valueOf(fault.getMessage()).replace(folder + "/", "");
    }

    private static String request(String key) {
        return "openssl req -x509 -nodes -days 2 -subj /CN=a -out c.pem -keyout k.pem " + key;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-newkey rsa:2048",
                "-newkey ec -pkeyopt ec_paramgen_curve:prime256v1",
                "-newkey ec -pkeyopt ec_paramgen_curve:secp384r1",
                "-newkey ed25519",
                "-newkey rsa:2048; openssl rsa -traditional -in k.pem -out k.pem",
                "-newkey ec -pkeyopt ec_paramgen_curve:prime256v1;"
                        + " openssl ec -in k.pem -out e.pem; mv e.pem k.pem",
                "-newkey ec -pkeyopt ec_paramgen_curve:prime256v1; openssl ecparam -name"
                        + " prime256v1 -out e.pem; openssl ec -in k.pem >> e.pem; mv e.pem k.pem",
            })
    void takesKeysAsOpensslWritesThem(String key) throws Exception {
        run(folder, request(key));
        Instant end = open(pem("c.pem", "k.pem")).certificateEnd();
        assertTrue(end.isAfter(Instant.now().plus(Duration.ofHours(47))), end::toString);
    }

    @ParameterizedTest
    @CsvSource({"secret,secret,", "secret,other,tls.keystore-password opens", "'','',"})
    void takesPkcs12(String made, String given, String complaint) throws Exception {
        run(folder, request("-newkey rsa:2048"));
        run(
                folder,
                "openssl pkcs12 -export -in c.pem -inkey k.pem -out s.p12 -passout 'pass:"
                        + made
                        + "'");
        TlsSettings settings =
                new TlsSettings("", "", folder.resolve("s.p12").toString(), new Secret(given), "");
        if (complaint == null) {
            open(settings);
        } else {
            assertTrue(fault(settings).contains(complaint), fault(settings));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"mkfifo", "mkdir"})
    void waitsForNoPipe(String make) throws Exception {
        run(folder, request("-newkey rsa:2048"));
        TlsPort port = open(pem("c.pem", "k.pem"));
        run(folder, "mv c.pem good.pem; " + make + " c.pem");
        port.reload();
        assertEquals("tls.certificate c.pem is no regular file", fault(pem("c.pem", "k.pem")));
    }

    @Test
    void aKeyNeedsItsCertificate() throws Exception {
        run(folder, request("-newkey rsa:2048"));
        run(folder, "openssl pkcs12 -export -nocerts -inkey k.pem -out s.p12 -passout pass:abc");
        String file = folder.resolve("s.p12").toString();
        assertEquals(
                "tls.keystore s.p12 has no private key with a certificate",
                fault(new TlsSettings("", "", file, new Secret("abc"), "")));
    }

    @Test
    void saysWhatIsWrongWithAFile() throws Exception {
        run(folder, request("-newkey rsa:2048"));
        Files.writeString(folder.resolve("empty.pem"), "");
        Files.writeString(
                folder.resolve("garbled.pem"),
                "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
        run(folder, "openssl pkey -aes128 -passout pass:abcd -in k.pem -out locked.pem");
        run(folder, "openssl genpkey -algorithm rsa -out other.pem");
        run(folder, "openssl genpkey -algorithm ed25519 -out ed.pem");
        assertEquals("tls.certificate none.pem does not exist", fault(pem("none.pem", "k.pem")));
        assertEquals("tls.key none.pem does not exist", fault(pem("c.pem", "none.pem")));
        assertEquals(
                "tls.certificate empty.pem has no certificate in PEM",
                fault(pem("empty.pem", "k.pem")));
        assertEquals(
                "tls.certificate garbled.pem has a certificate that cannot be read",
                fault(pem("garbled.pem", "k.pem")));
        assertEquals("tls.key c.pem has no private key in PEM", fault(pem("c.pem", "c.pem")));
        assertEquals(
                "tls.key locked.pem is encrypted; openssl pkey decrypts it, or use tls.keystore",
                fault(pem("c.pem", "locked.pem")));
        assertEquals(
                "tls.key other.pem does not belong to the certificate of c.pem",
                fault(pem("c.pem", "other.pem")));
        assertEquals(
                "tls.key ed.pem has no RSA key that can be read, as the certificate of c.pem needs",
                fault(pem("c.pem", "ed.pem")));
    }

    @Test
    void saysThatAChainIsInTheWrongOrder() throws Exception {
        run(folder, request("-newkey rsa:2048"));
        run(folder, "mv c.pem own.pem; mv k.pem own-key.pem");
        run(folder, request("-newkey rsa:2048"));
        run(folder, "cat c.pem own.pem > chain.pem");
        assertEquals(
                "tls.key own-key.pem belongs to a certificate that must be the first of its file",
                fault(pem("chain.pem", "own-key.pem")));
    }

    @Test
    void startsWithAnExpiredCertificate() throws IOException {
        Instant now = Instant.now();
        TestCertificate.in(folder, now.minusSeconds(3600), now.minusSeconds(60));
        Instant end = open(pem("certificate.pem", "key.pem")).certificateEnd();
        assertTrue(end.isBefore(now), end::toString);
    }

    @Test
    void readsAgainWhatHasChangedOnceItHasSettled() throws Exception {
        Instant now = Instant.now();
        Counters counters = new Counters();
        TestCertificate files = TestCertificate.in(folder);
        TlsPort port =
                TlsPort.open("tls", pem("certificate.pem", "key.pem"), counters).orElseThrow();
        Instant end = port.certificateEnd();
        port.look();
        assertEquals(end, port.certificateEnd());

        Instant later = end.plusSeconds(1000);
        files.replaceBy(SelfSigned.make(List.of("localhost"), now, later));
        port.look();
        assertEquals(end, port.certificateEnd(), "perhaps only one of two is there");
        port.look();
        assertEquals(later, port.certificateEnd());
        assertEquals(1, counters.tlsReloadsByResult().getOrDefault("done", new LongAdder()).sum());
    }

    @Test
    void keepsTheCertificateWhenTheNewOneIsBad() throws Exception {
        Counters counters = new Counters();
        TestCertificate files = TestCertificate.in(folder);
        TlsPort port =
                TlsPort.open("tls", pem("certificate.pem", "key.pem"), counters).orElseThrow();
        Instant end = port.certificateEnd();
        Files.writeString(files.key(), "nothing");
        for (int i = 0; i < 4; i++) {
            port.look();
        }
        assertEquals(end, port.certificateEnd());
        assertEquals(
                1, counters.tlsReloadsByResult().getOrDefault("failed", new LongAdder()).sum());
    }

    @Test
    void isOffWithoutFiles() throws TlsFault {
        assertEquals(Optional.empty(), TlsPort.open("tls", TlsSettings.OFF, new Counters()));
    }
}

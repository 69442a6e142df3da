#!/usr/bin/env bash
# The JDK pads every record of TLS 1.3 with 16 zero bytes, and takes that room from the data.
#
# RFC 8446, section 5.4 allows padding to hide the length of what is sent; OpenSSL, Go and BoringSSL
# add none unless they are told to. JSSE always adds 16 bytes, which hide nothing, since they are
# always the same, and there is no setting for it. So a record with one byte of data is 39 bytes long
# instead of 23, and the largest one carries 16,367 bytes of data instead of 16,384: who writes 16 KiB
# sends two records, of which the second has 17 bytes. With TLS 1.2 nothing is padded.
#
# It matters where messages are small (a message of 100 bytes is 13 % longer) and where writes are
# 16 KiB at a time.
#
# What to do: write at most 16,367 bytes at a time, and count 38 bytes a record when you compute how
# long something becomes.
#
# Uses the JDK's own tools alone, in a folder of its own that is removed. Needs a JDK from 17 on.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

keytool -genkeypair -alias a -keyalg EC -groupname secp256r1 -dname CN=localhost -storetype PKCS12 \
  -storepass changeit -keystore key.p12 >keytool.log 2>&1

cat >Probe.java <<'EOF'
import java.io.*;
import java.nio.ByteBuffer;
import java.nio.file.*;
import java.security.KeyStore;
import java.util.*;
import javax.net.ssl.*;

/// Two engines, one of which sends data to the other; prints how long its records are.
public class Probe {
    public static void main(String[] arguments) throws Exception {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(Path.of("key.p12"))) {
            keys.load(in, "changeit".toCharArray());
        }
        KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        own.init(keys, "changeit".toCharArray());
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(keys);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(own.getKeyManagers(), trust.getTrustManagers(), null);
        System.out.println("java " + System.getProperty("java.version"));
        for (String protocol : List.of("TLSv1.2", "TLSv1.3")) {
            for (int length : new int[] {1, 100, 16_384}) {
                System.out.println(protocol + " " + length + " " + records(context, protocol, length));
            }
        }
    }

    private static List<Integer> records(SSLContext context, String protocol, int length) throws Exception {
        SSLEngine client = context.createSSLEngine();
        client.setUseClientMode(true);
        client.setEnabledProtocols(new String[] {protocol});
        client.beginHandshake();
        SSLEngine server = context.createSSLEngine();
        server.setUseClientMode(false);
        ByteBuffer toServer = ByteBuffer.allocate(1 << 17);
        ByteBuffer toClient = ByteBuffer.allocate(1 << 17);
        for (int i = 0; i < 30; i++) {
            turn(client, toServer, toClient);
            turn(server, toClient, toServer);
        }
        List<Integer> lengths = new ArrayList<>();
        ByteBuffer data = ByteBuffer.allocate(length);
        while (data.hasRemaining()) {
            ByteBuffer out = ByteBuffer.allocate(1 << 17);
            lengths.add(server.wrap(data, out).bytesProduced());
        }
        return lengths;
    }

    /// One engine takes what has come, and says what it has to say in the handshake.
    private static void turn(SSLEngine engine, ByteBuffer out, ByteBuffer in) throws Exception {
        in.flip();
        SSLEngineResult result;
        do {
            result = engine.unwrap(in, ByteBuffer.allocate(1 << 17));
            Runnable task;
            while ((task = engine.getDelegatedTask()) != null) {
                task.run();
            }
        } while (result.bytesConsumed() > 0 && in.hasRemaining());
        in.compact();
        while (engine.getHandshakeStatus() == SSLEngineResult.HandshakeStatus.NEED_WRAP) {
            engine.wrap(ByteBuffer.allocate(0), out);
        }
    }
}
EOF

java Probe.java | tee out.txt

expected='TLSv1.2 1 [30]
TLSv1.2 100 [129]
TLSv1.2 16384 [16413]
TLSv1.3 1 [39]
TLSv1.3 100 [138]
TLSv1.3 16384 [16405, 55]'
if [ "$(tail -n +2 out.txt)" != "$expected" ]; then
  echo "this has changed; it was:"
  echo "$expected"
  exit 1
fi
echo "as it was: 16 bytes of padding in each record of TLS 1.3, and none in those of TLS 1.2"

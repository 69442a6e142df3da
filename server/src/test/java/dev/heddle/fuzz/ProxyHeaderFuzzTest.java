package dev.heddle.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.code_intelligence.jazzer.junit.FuzzTest;

import dev.heddle.buffer.BufferPool;
import dev.heddle.config.Settings;
import dev.heddle.http.BadRequest;
import dev.heddle.http.HeadLimits;
import dev.heddle.http.HeadReader;
import dev.heddle.http.RequestHead;
import dev.heddle.proxy.Proxies;
import dev.heddle.proxy.ProxyHeader;
import dev.heddle.proxy.Requester;
import dev.heddle.support.ChoppedInput;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// Whatever bytes come where a proxy says who its client is: an address is read or nothing is
/// believed, and how the bytes are cut makes no difference.
class ProxyHeaderFuzzTest {
    private static final InetSocketAddress PROXY =
            new InetSocketAddress(InetAddress.ofLiteral("10.0.0.1"), 999);
    private static final HeadLimits LIMITS = HeadLimits.of(Settings.defaults().limits());
    private static final List<Proxies> PROXIES =
            List.of(proxies("x-forwarded-for"), proxies("forwarded"));

    private final BufferPool buffers = new BufferPool(16 * 1024, 2);

    private static Proxies proxies(String header) {
        return new Proxies(
                Settings.of(Map.of("proxy.trusted", "10.0.0.0/8", "proxy.header", header)).proxy());
    }

    @FuzzTest(maxDuration = "2m")
    void anyCutGivesTheSameClient(byte[] bytes) throws IOException {
        String whole = read(new ByteArrayInputStream(bytes));
        Random random = new Random(Arrays.hashCode(bytes));
        assertEquals(whole, read(ChoppedInput.thenEnd(bytes, random)));
    }

    private static String read(InputStream in) throws IOException {
        try {
            return ProxyHeader.read(in, PROXY) + " " + in.readAllBytes().length;
        } catch (BadRequest refused) {
            return refused.reason();
        }
    }

    /// The bytes are the value of both headers.
    @FuzzTest(maxDuration = "2m")
    void anyValueNamesAClientOrTheProxy(byte[] bytes) throws IOException {
        String value = new String(bytes, ISO_8859_1);
        String text =
                "GET / HTTP/1.1\r\nHost: a\r\nForwarded: %s\r\nX-Forwarded-For: %1$s\r\n\r\n"
                        .formatted(value);
        InputStream in = new ByteArrayInputStream(text.getBytes(ISO_8859_1));
        try (HeadReader reader = new HeadReader(in, buffers, buffers, LIMITS)) {
            RequestHead head = reader.read();
            if (head != null) {
                for (Proxies proxies : PROXIES) {
                    InetSocketAddress client =
                            proxies.requester(new Requester(PROXY, "http"), head).address();
                    assertEquals(false, client.isUnresolved());
                }
            }
        } catch (BadRequest refused) {
            // what is no head is not looked at
        }
    }
}

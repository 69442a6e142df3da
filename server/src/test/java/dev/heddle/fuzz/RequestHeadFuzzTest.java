package dev.heddle.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;

import dev.heddle.buffer.BufferPool;
import dev.heddle.config.Settings;
import dev.heddle.http.BadRequest;
import dev.heddle.http.HeadLimits;
import dev.heddle.http.HeadReader;
import dev.heddle.http.Header;
import dev.heddle.http.RequestHead;
import dev.heddle.support.ChoppedInput;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Random;

/// Whatever bytes come: heads are read or refused, and how the bytes are cut makes no difference.
class RequestHeadFuzzTest {
    private static final HeadLimits LIMITS = HeadLimits.of(Settings.defaults().limits());

    private final BufferPool small = new BufferPool(4096, 2);
    private final BufferPool large = new BufferPool(16 * 1024, 2);

    @FuzzTest(maxDuration = "2m")
    void anyCutGivesTheSameHeads(byte[] bytes) throws IOException {
        String whole = read(new ByteArrayInputStream(bytes));
        Random random = new Random(Arrays.hashCode(bytes));
        assertEquals(whole, read(ChoppedInput.thenEnd(bytes, random)));
        assertEquals(0, small.leased() + large.leased());
    }

    private String read(InputStream in) throws IOException {
        StringBuilder heads = new StringBuilder();
        try (HeadReader reader = new HeadReader(in, small, large, LIMITS)) {
            RequestHead head = reader.read();
            while (head != null) {
                heads.append(head.method()).append(' ').append(head.path());
                for (Header header : Header.values()) {
                    heads.append(' ').append(head.header(header));
                }
                head = reader.read();
            }
        } catch (BadRequest refused) {
            heads.append(refused.status()).append(' ').append(refused.reason());
        }
        return heads.toString();
    }
}

package dev.heddle.acc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.concurrent.TimeUnit;

/// How often an address may log in, at times that the test says.
class LoginRateTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private static InetAddress address(int last) throws UnknownHostException {
        return InetAddress.getByAddress(new byte[] {10, 0, (byte) (last >> 8), (byte) last});
    }

    @Test
    void anAddressHasItsLoginsPerMinute() throws Exception {
        LoginRate rate = new LoginRate(3, 0);
        for (int i = 0; i < 3; i++) {
            assertTrue(rate.takeLogin(address(1), 0));
        }
        assertFalse(rate.takeLogin(address(1), 0));
        assertTrue(rate.takeLogin(address(2), 0));
        assertFalse(rate.takeLogin(address(1), 19 * SECOND));
        assertTrue(rate.takeLogin(address(1), 20 * SECOND));
        assertFalse(rate.takeLogin(address(1), 21 * SECOND));
    }

    @Test
    void addressesAreForgottenWithinAMinute() throws Exception {
        LoginRate rate = new LoginRate(1, 0);
        for (int i = 0; i < 1000; i++) {
            assertTrue(rate.takeLogin(address(i), 5 * SECOND));
        }
        assertEquals(1000, rate.size());
        assertTrue(rate.takeLogin(address(1), 66 * SECOND));
        assertEquals(1, rate.size());
    }

    @Test
    void withoutALimitNoAddressIsRemembered() throws Exception {
        LoginRate rate = new LoginRate(0, 0);
        assertTrue(rate.takeLogin(address(1), 0));
        assertEquals(0, rate.size());
    }
}

package dev.heddle.net;

import static dev.heddle.net.Admission.Decision.ADDRESS_FULL;
import static dev.heddle.net.Admission.Decision.ADMITTED;
import static dev.heddle.net.Admission.Decision.SERVER_FULL;
import static dev.heddle.net.Admission.Decision.TURNED_AWAY;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.config.Limits;
import dev.heddle.config.Paces;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

class AdmissionTest {
    private static final InetAddress ONE = address(1);
    private static final int MAX_HANDSHAKES = 4;
    private static final InetAddress OTHER = address(2);

    record Case(int maxConnections, int maxPerAddress, List<Admission.Decision> decisions) {}

    static List<Case> cases() {
        return List.of(
                new Case(0, 0, List.of(ADMITTED, ADMITTED, ADMITTED, ADMITTED)),
                new Case(2, 0, List.of(ADMITTED, ADMITTED, SERVER_FULL, SERVER_FULL)),
                new Case(0, 2, List.of(ADMITTED, ADMITTED, ADDRESS_FULL, ADDRESS_FULL)),
                new Case(3, 2, List.of(ADMITTED, ADMITTED, ADDRESS_FULL, ADDRESS_FULL)),
                new Case(1, 2, List.of(ADMITTED, SERVER_FULL, SERVER_FULL, SERVER_FULL)));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void admitsUpToEachBound(Case bounds) {
        Admission admission = admission(bounds.maxConnections(), bounds.maxPerAddress());
        List<Admission.Decision> decisions =
                bounds.decisions().stream().map(_ -> admission.enter(ONE)).toList();
        assertEquals(bounds.decisions(), decisions);
        assertEquals(decisions.size(), admission.connections());
    }

    @Test
    void anAddressTakesNoPlaceOfAnotherOne() {
        Admission admission = admission(0, 1);
        assertEquals(ADMITTED, admission.enter(ONE));
        assertEquals(ADMITTED, admission.enter(OTHER));
        assertEquals(ADDRESS_FULL, admission.enter(OTHER));
    }

    @Test
    void whoEndsMakesRoom() {
        Admission admission = admission(1, 1);
        assertEquals(ADMITTED, admission.enter(ONE));
        end(admission, ONE);
        assertEquals(0, admission.connections());
        assertEquals(ADMITTED, admission.enter(ONE));
    }

    @Test
    void whoIsRefusedCountsAsConnectedButTakesNobodysPlace() {
        Admission admission = admission(2, 1);
        assertEquals(ADMITTED, admission.enter(ONE));
        for (int i = 0; i < 10; i++) {
            assertEquals(ADDRESS_FULL, admission.enter(ONE));
        }
        assertEquals(11, admission.connections());
        assertEquals(ADMITTED, admission.enter(OTHER), "those of one address fill the server");

        end(admission, ONE);
        assertEquals(ADMITTED, admission.enter(ONE), "the refused hold the address's place");

        for (int i = 0; i < 10; i++) {
            admission.release(ADDRESS_FULL);
        }
        assertEquals(2, admission.connections());
        assertEquals(ADDRESS_FULL, admission.enter(ONE), "a refused one's end makes room");
    }

    @Test
    void refusesOnlySoManyAtATimeAndTurnsTheOthersAway() {
        Admission admission = admission(1, 0);
        assertEquals(ADMITTED, admission.enter(ONE));
        for (int i = 0; i < 256; i++) {
            assertEquals(SERVER_FULL, admission.enter(OTHER));
        }
        assertEquals(TURNED_AWAY, admission.enter(OTHER));
        admission.release(TURNED_AWAY);
        assertEquals(TURNED_AWAY, admission.enter(ONE));
        admission.release(TURNED_AWAY);
        admission.release(SERVER_FULL);
        assertEquals(SERVER_FULL, admission.enter(ONE));
        end(admission, ONE);
        assertEquals(ADMITTED, admission.enter(OTHER), "the refused keep nobody out");
    }

    @Test
    void pausesWhileTooManyHandshakesWaitForTheServer() {
        Admission admission = admission(0, 0);
        Handshakes handshakes = admission.handshakes();
        for (int i = 0; i < MAX_HANDSHAKES; i++) {
            assertNull(admission.pause());
            handshakes.started();
        }
        assertEquals(AcceptPause.SCHEDULER, admission.pause());
        for (int i = 0; i < MAX_HANDSHAKES; i++) {
            handshakes.hasTurn();
            handshakes.computes();
        }
        assertEquals(AcceptPause.TLS, admission.pause());
        for (int i = 0; i < MAX_HANDSHAKES; i++) {
            handshakes.hasComputed();
            handshakes.opens();
        }
        assertEquals(AcceptPause.HUB, admission.pause());
        handshakes.hasOpened();
        assertNull(admission.pause());
    }

    @Test
    void handshakesThatWaitForTheirClientsCountOnlyWhileTheyAreYoung() {
        Admission admission = admission(0, 0);
        Handshakes handshakes = admission.handshakes();
        for (int i = 0; i < MAX_HANDSHAKES; i++) {
            assertNull(admission.pause());
            handshakes.awaitsHead();
        }
        assertEquals(AcceptPause.HEADS, admission.pause());
        handshakes.countAwaitedAsOld();
        for (int i = 0; i < MAX_HANDSHAKES; i++) {
            assertNull(admission.pause());
            handshakes.awaitsHead();
        }
        assertEquals(AcceptPause.HEADS, admission.pause());
        for (int i = 0; i < 2 * MAX_HANDSHAKES; i++) {
            handshakes.hasHead();
        }
        for (int i = 0; i < MAX_HANDSHAKES; i++) {
            assertNull(admission.pause());
            handshakes.awaitsHead();
        }
        assertEquals(AcceptPause.HEADS, admission.pause(), "the old ones have gone");
    }

    @Test
    void pausesBeforeTheDescriptorsRunOutWhoeverHasThem() {
        Admission admission = admission(1, 0, 2);
        assertEquals(ADMITTED, admission.enter(ONE));
        assertNull(admission.pause());
        assertEquals(SERVER_FULL, admission.enter(ONE));
        assertEquals(AcceptPause.DESCRIPTORS, admission.pause());
        assertTrue(admission.hurriesHeads());
        admission.release(SERVER_FULL);
        assertNull(admission.pause());
        end(admission, ONE);
        assertTrue(admission.hurriesHeads(), "the place is free only until the next one comes");
    }

    @Test
    void whoKeepsOthersOutIsHurried() {
        Admission admission = admission(1, 0);
        assertFalse(admission.hurriesHeads());
        admission.enter(ONE);
        assertTrue(admission.hurriesHeads());
        end(admission, ONE);
        assertFalse(admission.hurriesHeads());
    }

    @ParameterizedTest
    @CsvSource({
        "100000, 40, 99640, 256",
        "1000, 40, 640, 256",
        "500, 40, 230, 166",
        "256, 40, 108, 54",
        "100, 40, 30, 15",
        "40, 40, 0, 1"
    })
    void neitherPortTakesWhatIsKeptForTheRest(long most, long open, int ours, int internal) {
        assertEquals(new Descriptors(ours, internal), Descriptors.share(most, open, 256));
        assertTrue(Descriptors.share(256).connections() > 0);
    }

    @Test
    void whoWaitsForTheLastOneGoesOnWhenItHasEnded() throws Exception {
        Admission admission = admission(0, 0);
        admission.awaitNone(Duration.ofHours(1));
        admission.enter(ONE);
        admission.enter(ONE);
        admission.awaitNone(Duration.ofMillis(1));
        assertEquals(2, admission.connections());
        FutureTask<Integer> none =
                new FutureTask<>(
                        () -> {
                            admission.awaitNone(Duration.ofHours(1));
                            return admission.connections();
                        });
        Thread.ofVirtual().start(none);
        end(admission, ONE);
        assertThrows(TimeoutException.class, () -> none.get(20, TimeUnit.MILLISECONDS));
        end(admission, ONE);
        assertEquals(0, none.get(60, TimeUnit.SECONDS));
    }

    @Test
    void aConnectionOfAProxyIsCountedForItsClientOnceThatIsKnown() {
        Admission admission = admission(2, 1);
        assertEquals(ADMITTED, admission.enterOfProxy());
        assertEquals(ADMITTED, admission.enterOfProxy());
        assertEquals(SERVER_FULL, admission.enterOfProxy());
        assertEquals(ADMITTED, admission.enterFor(ONE));
        assertEquals(ADDRESS_FULL, admission.enterFor(ONE));
        assertEquals(3, admission.connections());
        assertEquals(ADMITTED, admission.enterOfProxy(), "who is refused takes nobody's place");
        admission.release(ADDRESS_FULL);
        admission.release(SERVER_FULL);
        end(admission, ONE);
        assertEquals(ADMITTED, admission.enter(ONE));
        assertEquals(2, admission.connections());
    }

    @ParameterizedTest
    @CsvSource({
        "2001:db8:0:1::1, 2001:db8:0:1:ffff:ffff:ffff:ffff, true",
        "2001:db8:0:1::1, 2001:db8:0:2::1, false",
        "2001:db8::1, ::1, false",
        "192.0.2.1, 192.0.2.2, false",
        "192.0.2.1, ::ffff:192.0.2.1, true",
    })
    void addressesOfOneNetworkOf64BitsCountAsOne(String one, String other, boolean areOne) {
        Admission admission = admission(0, 1);
        InetAddress address = InetAddress.ofLiteral(one);
        assertEquals(ADMITTED, admission.enter(address));
        assertEquals(
                areOne ? ADDRESS_FULL : ADMITTED, admission.enter(InetAddress.ofLiteral(other)));
        end(admission, address);
        assertEquals(ADMITTED, admission.enter(address));
    }

    private static void end(Admission admission, InetAddress address) {
        admission.leavePlace(address);
        admission.release(ADMITTED);
    }

    private static Admission admission(int maxConnections, int maxPerAddress) {
        return admission(maxConnections, maxPerAddress, Integer.MAX_VALUE);
    }

    private static Admission admission(int maxConnections, int maxPerAddress, int descriptors) {
        Limits limits =
                new Limits(
                        new Limits.HeadBounds(512, 1),
                        new Limits.ConnectionBounds(
                                maxConnections,
                                maxPerAddress,
                                MAX_HANDSHAKES,
                                1,
                                Duration.ofSeconds(1)),
                        new Limits.HubBounds(1, 1),
                        1,
                        0,
                        new Paces(0, 0));
        return new Admission(limits, descriptors);
    }

    private static InetAddress address(int last) {
        try {
            return InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) last});
        } catch (UnknownHostException impossible) {
            throw new AssertionError(impossible);
        }
    }
}

package dev.heddle.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

class NetworkTest {

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.255.255.255, true",
        "10.0.0.0/8, 11.0.0.0, false",
        "10.0.0.0/8, 9.255.255.255, false",
        "10.128.0.0/9, 10.127.255.255, false",
        "10.128.0.0/9, 10.128.0.1, true",
        "192.0.2.4/30, 192.0.2.7, true",
        "192.0.2.4/30, 192.0.2.8, false",
        "192.0.2.4/30, 192.0.2.3, false",
        "192.0.2.4, 192.0.2.4, true",
        "192.0.2.4, 192.0.2.5, false",
        "192.0.2.4/32, 192.0.2.5, false",
        "0.0.0.0/0, 255.255.255.255, true",
        "0.0.0.0/0, ::1, false",
        "::/0, 2001:db8::1, true",
        "::/0, 192.0.2.1, false",
        "fd00::/8, fdff:ffff::1, true",
        "fd00::/8, fe00::1, false",
        "2001:db8::/33, 2001:db8:7fff::1, true",
        "2001:db8::/33, 2001:db8:8000::, false",
        "::1, ::1, true",
        "::1, ::2, false",
        "192.0.2.0/24, ::ffff:192.0.2.9, true",
        "::ffff:192.0.2.0/24, 192.0.2.9, true",
    })
    void holdsTheAddressesWithItsPrefix(String network, String address, boolean isIn) {
        Network parsed = Network.LIST.parse(network).orElseThrow().getFirst();
        assertEquals(isIn, parsed.contains(AddressLiteral.parse(address).orElseThrow()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.0.0.1/8",
                "10.0.0.0/33",
                "10.0.0.0/-1",
                "10.0.0.0/08",
                "10.0.0.0/",
                "10.0.0.0/8/8",
                "10.0.0.0 /8",
                "10.0.0",
                "10",
                "/8",
                "::1/64",
                "fd00::/129",
                "fe80::1%lo",
                "[::1]",
                "localhost",
                "10.0.0.0/8,,::1",
            })
    void isWrittenOnlyInOneWay(String text) {
        assertFalse(Network.LIST.parse(text).isPresent());
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.0/8", "127.0.0.1", "0:0:0:0:0:0:0:0/0", "fd00:0:0:0:0:0:0:0/8"})
    void saysItselfAsItIsWritten(String text) {
        assertEquals(text, Network.LIST.parse(text).orElseThrow().getFirst().toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1.2.3",
                "1.2.3.4.5",
                "1.2.3.256",
                "1.2.3.04",
                "01.2.3.4",
                "1.2.3.4.",
                ".1.2.3.4",
                "1.2.3.-4",
                "0x7f.0.0.1",
                "2130706433",
                ":",
                ":::",
                "::1%1",
                "::1::",
                "12345::",
                "::g",
                "1:2:3:4:5:6:7:8:9",
                "::1.2.3.4.5",
                " ::1",
                "0000:0000:0000:0000:0000:0000:0000:0000:0000:0000:0000",
            })
    void whatIsNoAddressIsNone(String text) {
        assertFalse(AddressLiteral.parse(text).isPresent());
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 7, 33})
    void aNetworkHasNoBitBehindItsPrefix(int bits) {
        Network ten = Network.LIST.parse("10.0.0.0/8").orElseThrow().getFirst();
        assertThrows(
                IllegalArgumentException.class,
                () -> new Network(List.of(ten).getFirst().first(), bits == 7 ? 4 : bits));
    }
}

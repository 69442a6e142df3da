package dev.heddle.telemetry;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/// How a client's address is counted and written: everywhere as in `127.0.0.1:40000` or
/// `[0:0:0:0:0:0:0:1]:40000`. Pure.
public final class Addresses {
    private Addresses() {}

    /// The network by which addresses are counted: an IPv4 address, and the network of 64 bits of
    /// an IPv6 one, since every host may have all of those addresses.
    public static InetAddress network(InetAddress address) {
        if (!(address instanceof Inet6Address)) {
            return address;
        }
        byte[] bytes = address.getAddress();
        Arrays.fill(bytes, bytes.length / 2, bytes.length, (byte) 0);
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException("16 bytes are an address", impossible);
        }
    }

    /// The address as text. Java writes it with the host's name, if it knows it, and a slash
    /// before.
    public static String text(SocketAddress address) {
        String text = address.toString();
        return text.substring(text.indexOf('/') + 1);
    }
}

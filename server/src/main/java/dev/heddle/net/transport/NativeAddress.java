package dev.heddle.net.transport;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/// Addresses as the kernel has them: `sockaddr_in` and `sockaddr_in6`.
///
/// Both begin with the family (2 bytes in the machine's order) and the port (2 bytes, network
/// order). An IPv4 address is at 4; an IPv6 address at 8, its scope at 24.
final class NativeAddress {
    static final int MAX_BYTES = 28;

    private static final int IPV4_BYTES = 16;
    private static final int IPV4_AT = 4;
    private static final int IPV6_AT = 8;
    private static final int IPV6_END = 24;

    /// The twelve bytes before an IPv4 address that is written as an IPv6 one.
    private static final byte[] MAPPED = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1};

    private NativeAddress() {}

    /// Writes an address for a socket of this family. Those for IPv6 take IPv4 too.
    static byte[] encode(int family, InetSocketAddress address) {
        InetAddress host = address.getAddress();
        boolean isIpv4 = family == SocketCalls.AF_INET;
        ByteBuffer bytes = ByteBuffer.allocate(isIpv4 ? IPV4_BYTES : MAX_BYTES);
        bytes.order(ByteOrder.nativeOrder()).putShort((short) family);
        bytes.order(ByteOrder.BIG_ENDIAN).putShort((short) address.getPort());
        if (isIpv4) {
            bytes.put(host.getAddress());
        } else if (!host.isAnyLocalAddress()) {
            bytes.position(IPV6_AT);
            if (host instanceof Inet6Address ipv6) {
                bytes.put(ipv6.getAddress());
                bytes.order(ByteOrder.nativeOrder()).putInt(ipv6.getScopeId());
            } else {
                bytes.put(MAPPED).put(host.getAddress());
            }
        }
        return bytes.array();
    }

    /// The address that the kernel has written.
    static InetSocketAddress decode(byte[] address) {
        return new InetSocketAddress(host(address), port(address));
    }

    /// The port.
    static int port(byte[] address) {
        return Short.toUnsignedInt(ByteBuffer.wrap(address).getShort(2));
    }

    /// Whether it is an IPv4 address, be it written as an IPv6 one.
    static boolean isIpv4(byte[] address) {
        return isFamilyIpv4(address)
                || Arrays.equals(address, IPV6_AT, IPV6_AT + MAPPED.length, MAPPED, 0, 12);
    }

    /// The four bytes of an IPv4 address.
    static int ipv4(byte[] address) {
        int at = isFamilyIpv4(address) ? IPV4_AT : IPV6_AT + MAPPED.length;
        return ByteBuffer.wrap(address).getInt(at);
    }

    /// An IPv4 address of four bytes.
    static InetAddress host(int ipv4) {
        return ofBytes(ByteBuffer.allocate(Integer.BYTES).putInt(ipv4).array());
    }

    /// The address without its port.
    static InetAddress host(byte[] address) {
        if (isIpv4(address)) {
            return host(ipv4(address));
        }
        byte[] host = Arrays.copyOfRange(address, IPV6_AT, IPV6_END);
        int scope = ByteBuffer.wrap(address).order(ByteOrder.nativeOrder()).getInt(IPV6_END);
        try {
            return scope == 0 ? ofBytes(host) : Inet6Address.getByAddress(null, host, scope);
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static boolean isFamilyIpv4(byte[] address) {
        return ByteBuffer.wrap(address).order(ByteOrder.nativeOrder()).getShort(0)
                == SocketCalls.AF_INET;
    }

    private static InetAddress ofBytes(byte[] host) {
        try {
            return InetAddress.getByAddress(host);
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}

package dev.heddle.config;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A network of IP addresses, written as `10.0.0.0/8` or `fd00::/8`, or a single address.
///
/// @param first its first address
/// @param prefixBits how many leading bits all of its addresses share; all bits for a single one
public record Network(InetAddress first, int prefixBits) {
    private static final Pattern PREFIX = Pattern.compile("0|[1-9][0-9]{0,2}");

    static final Kind<List<Network>> LIST =
            new Kind<>(
                    Network::parseAll,
                    _ -> true,
                    _ ->
                            "addresses or networks, no bit set behind the prefix, such as"
                                    + " 10.0.0.0/8 or fd00::/8",
                    Kind.Form.LIST);

    public Network {
        if (!isNetwork(first.getAddress(), prefixBits)) {
            throw new IllegalArgumentException("no network: " + first + "/" + prefixBits);
        }
    }

    /// Whether an address is in it.
    public boolean contains(InetAddress address) {
        byte[] mine = first.getAddress();
        byte[] other = address.getAddress();
        return mine.length == other.length && bitsInCommon(mine, other) >= prefixBits;
    }

    /// As it is written in settings.
    @Override
    public String toString() {
        String address = first.getHostAddress();
        return prefixBits == first.getAddress().length * 8 ? address : address + '/' + prefixBits;
    }

    private static Optional<List<Network>> parseAll(String text) {
        List<String> elements = Kind.elements(text);
        List<Network> networks = elements.stream().flatMap(Network::parse).toList();
        return networks.size() == elements.size() ? Optional.of(networks) : Optional.empty();
    }

    private static Stream<Network> parse(String text) {
        int slash = text.indexOf('/');
        Optional<InetAddress> address =
                AddressLiteral.parse(slash < 0 ? text : text.substring(0, slash));
        String prefix = text.substring(slash + 1);
        if (address.isEmpty() || slash >= 0 && !PREFIX.matcher(prefix).matches()) {
            return Stream.empty();
        }
        byte[] bytes = address.get().getAddress();
        int bits = slash < 0 ? bytes.length * 8 : Integer.parseInt(prefix);
        return isNetwork(bytes, bits)
                ? Stream.of(new Network(address.get(), bits))
                : Stream.empty();
    }

    /// Whether no bit is set behind the prefix, which so is not longer than it could mean.
    private static boolean isNetwork(byte[] address, int prefixBits) {
        if (prefixBits < 0 || prefixBits > address.length * 8) {
            return false;
        }
        byte[] masked = address.clone();
        Arrays.fill(masked, (prefixBits + 7) / 8, masked.length, (byte) 0);
        if (prefixBits % 8 > 0) {
            masked[prefixBits / 8] &= (byte) (0xFF << (8 - prefixBits % 8));
        }
        return Arrays.equals(masked, address);
    }

    private static int bitsInCommon(byte[] one, byte[] other) {
        int at = Arrays.mismatch(one, other);
        return at < 0
                ? one.length * 8
                : at * 8 + Integer.numberOfLeadingZeros((one[at] ^ other[at]) & 0xFF) - 24;
    }
}

package dev.heddle.bench.engine;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Where to connect to, and where from.
///
/// @param uri `ws://host:port/path`
/// @param sources local addresses, used in turn; empty leaves the choice to the kernel
/// @param handshakeSeconds how long a connection may take to open
/// @param headers lines of each handshake, `Name: value`, in place of its own of the same name
public record Target(URI uri, List<String> sources, double handshakeSeconds, List<String> headers) {
    private static final int HTTP_PORT = 80;
    private static final Pattern HEADER = Pattern.compile("[!#-'*+.^-z|~\\w-]+:[\\t -~]*");

    /// @throws IllegalArgumentException when the URL is not one that can be connected to, or
    ///   another part is not as it should be
    public Target {
        Bounds.check("--handshake-timeout", handshakeSeconds, 0.001, Bounds.SECONDS);
        for (String header : headers) {
            if (!HEADER.matcher(header).matches()) {
                throw new IllegalArgumentException("'" + header + "' is not like 'Name: value'");
            }
        }
        if (uri.getPort() > 65_535) {
            throw new IllegalArgumentException("there is no port " + uri.getPort());
        }
        if (!"ws".equals(uri.getScheme()) || uri.getHost() == null) {
            throw new IllegalArgumentException(
                    uri + " is not a URL like ws://127.0.0.1:8080/ws; only ws is supported");
        }
    }

    /// The server's address.
    ///
    /// @throws IllegalArgumentException when its name cannot be resolved
    public InetSocketAddress address() {
        int port = uri.getPort() < 0 ? HTTP_PORT : uri.getPort();
        InetSocketAddress address = new InetSocketAddress(uri.getHost(), port);
        if (address.isUnresolved()) {
            throw new IllegalArgumentException("there is no host " + uri.getHost());
        }
        return address;
    }

    /// The local addresses.
    ///
    /// @throws IllegalArgumentException when one cannot be resolved
    public List<InetAddress> sourceAddresses() {
        return sources.stream().map(Target::resolve).toList();
    }

    /// What a request for `path` begins with: its line and the Host header.
    String requestLine(String path) {
        String own = uri.getPort() < 0 ? uri.getHost() : uri.getHost() + ":" + uri.getPort();
        String host = header("Host").orElse(own);
        return "GET %s HTTP/1.1\r\nHost: %s\r\n".formatted(path, host);
    }

    /// The value of the first of [#headers] of that name.
    Optional<String> header(String name) {
        return headers.stream()
                .filter(line -> isNamed(line, name))
                .map(line -> line.substring(name.length() + 1).strip())
                .findFirst();
    }

    private static boolean isNamed(String line, String name) {
        return line.regionMatches(true, 0, name + ":", 0, name.length() + 1);
    }

    /// The path of the URL, with its query.
    public String path() {
        String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        return uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
    }

    private static InetAddress resolve(String source) {
        try {
            return InetAddress.getByName(source);
        } catch (UnknownHostException unknown) {
            throw new IllegalArgumentException(source + " is no address", unknown);
        }
    }
}

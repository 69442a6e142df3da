package dev.heddle.cli;

import dev.heddle.Heddle;
import dev.heddle.config.Authority;
import dev.heddle.config.EndpointSettings;
import dev.heddle.config.Settings;
import dev.heddle.net.transport.Sockets;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// The lines that a started server prints for its operator: its addresses, its sockets, and the
/// page to open in a browser.
final class Banner {
    private Banner() {}

    static List<String> lines(Settings settings, Sockets sockets, int port, int internalPort) {
        boolean isSecure = settings.net().tls().isOn();
        String page = scheme(isSecure) + Authority.here(settings.server().host(), port);
        String operations =
                scheme(settings.internal().tls().isOn())
                        + Authority.of(settings.internal().host(), internalPort);
        List<String> lines = new ArrayList<>();
        lines.add(
                "Heddle "
                        + Heddle.version()
                        + " is serving on "
                        + Authority.of(settings.server().host(), port));
        lines.add("  chat page    " + page + "/");
        if (settings.endpoints().ws().enabled()) {
            lines.add("  WebSocket    " + addresses(page, settings.endpoints().ws()));
        }
        if (settings.endpoints().echo().enabled()) {
            lines.add(
                    "  diagnostics  "
                            + page
                            + "/benchmark "
                            + addresses(page, settings.endpoints().echo()));
        }
        lines.add("  dashboard    " + operations + "/");
        lines.add("  HTTP API     " + operations + "/api/v1/openapi.json");
        lines.add("  operations   " + operations + "/livez /readyz /metrics");
        lines.add("  sockets      " + sockets.kind() + ": " + sockets.why());
        lines.add("Ctrl-C drains and stops.");
        return lines;
    }

    private static String scheme(boolean isSecure) {
        return isSecure ? "https://" : "http://";
    }

    /// @param page whose scheme is that of WebSockets too, but for its first letters
    private static String addresses(String page, EndpointSettings endpoint) {
        return endpoint.paths().stream()
                .map(path -> page.replaceFirst("^http", "ws") + path)
                .collect(Collectors.joining(" "));
    }
}

package dev.heddle.cli;

import dev.heddle.Heddle;
import dev.heddle.config.Authority;
import dev.heddle.config.Settings;

import java.util.ArrayList;
import java.util.List;

/// What a server that has started tells its operator: what it listens on, and where to point a
/// browser.
final class Banner {
    private Banner() {}

    static List<String> lines(Settings settings, int port, int internalPort) {
        String page = Authority.here(settings.host(), port);
        String operations = Authority.of(settings.internalHost(), internalPort);
        List<String> lines = new ArrayList<>();
        lines.add(
                "Heddle "
                        + Heddle.version()
                        + " is serving on "
                        + Authority.of(settings.host(), port));
        lines.add("  chat page    http://" + page + "/");
        lines.add("  WebSocket    ws://" + page + "/ws");
        if (settings.diagnostics()) {
            lines.add("  diagnostics  http://" + page + "/benchmark ws://" + page + "/echo");
        }
        lines.add("  dashboard    http://" + operations + "/");
        lines.add("  HTTP API     http://" + operations + "/api/v1/openapi.json");
        lines.add("  operations   http://" + operations + "/livez /readyz /metrics");
        lines.add("Ctrl-C drains and stops.");
        return lines;
    }
}

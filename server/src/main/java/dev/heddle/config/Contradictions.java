package dev.heddle.config;

import dev.heddle.config.Values.Assignment;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// Finds settings that are good alone and contradict each other. Every setting must have a value.
final class Contradictions {
    private final Values values;

    Contradictions(Values values) {
        this.values = values;
    }

    /// Adds a fault for each.
    void tell() {
        List<GatewayRows> routes = values.routes().stream().map(GatewayRows::of).toList();
        List<EndpointRows> endpoints = new ArrayList<>(SettingsTable.ENDPOINTS);
        routes.forEach(route -> endpoints.add(route.endpoint()));
        endpoints.forEach(this::checkMessages);
        endpoints.forEach(this::checkSubprotocols);
        checkPaths(routes);
        checkCommands(routes);
        routes.forEach(this::checkService);
        checkTokenKeys();
        checkProxies();
        boolean isPublicRight = checkTls(SettingsTable.TLS);
        boolean isInternalRight = checkTls(SettingsTable.INTERNAL_TLS);
        if (isPublicRight && isInternalRight) {
            checkPorts();
            checkInternalHost();
        }
    }

    private void checkMessages(EndpointRows rows) {
        long messageBytes = values.get(rows.arriving().messageBytes());
        if (!EndpointLimits.fits(messageBytes, values.get(rows.arriving().unfinishedBytes()))) {
            contradiction(
                    rows.arriving().messageBytes(),
                    "must not exceed",
                    rows.arriving().unfinishedBytes());
        }
        if (!EndpointLimits.canArrive(
                messageBytes,
                values.get(rows.arriving().fragments()),
                values.get(rows.arriving().frameBytes()))) {
            String fragments = values.assignment(rows.arriving().fragments()).explained();
            contradiction(
                    rows.arriving().messageBytes(),
                    "must not exceed " + fragments + " of",
                    rows.arriving().frameBytes());
        }
    }

    private void checkSubprotocols(EndpointRows rows) {
        Setting<Boolean> require = rows.negotiated().required();
        Setting<List<String>> names = rows.negotiated().subprotocols();
        if (!Subprotocols.mayBeRequired(values.get(require), values.get(names))) {
            Assignment required = values.assignment(require);
            values.fault(required.source(), required.explained() + " needs " + names.name());
        }
    }

    /// An endpoint that does not exist takes no path from another.
    private void checkPaths(List<GatewayRows> routes) {
        List<EndpointRows> existing = new ArrayList<>(List.of(SettingsTable.ACC));
        if (values.get(SettingsTable.WS_ENABLED)) {
            existing.add(SettingsTable.WS);
        }
        if (values.get(SettingsTable.DIAGNOSTICS)) {
            existing.add(SettingsTable.ECHO);
        }
        routes.stream()
                .filter(route -> GatewayRoute.isServed(values, route))
                .forEach(route -> existing.add(route.endpoint()));
        for (int i = 1; i < existing.size(); i++) {
            Setting<List<String>> paths = existing.get(i).paths();
            existing.subList(0, i).stream()
                    .map(EndpointRows::paths)
                    .filter(other -> !Collections.disjoint(values.get(paths), values.get(other)))
                    .forEach(other -> contradiction(paths, "must have no path of", other));
        }
    }

    /// Each command goes to one service.
    private void checkCommands(List<GatewayRows> routes) {
        for (int i = 1; i < routes.size(); i++) {
            Setting<List<String>> commands = routes.get(i).service().commands();
            routes.subList(0, i).stream()
                    .map(route -> route.service().commands())
                    .filter(other -> !Collections.disjoint(values.get(commands), values.get(other)))
                    .forEach(other -> contradiction(commands, "must have no command of", other));
        }
    }

    private void checkPorts() {
        if (InternalSettings.of(values).isPortOf(ServerSettings.of(values))) {
            contradiction(
                    SettingsTable.INTERNAL_PORT, "must be different from", SettingsTable.PORT);
        }
    }

    private void checkInternalHost() {
        Assignment host = values.assignment(SettingsTable.INTERNAL_HOST);
        Setting<Secret> key = SettingsTable.API_KEY;
        if (!InternalSettings.of(values).mayListen()) {
            values.fault(
                    host.source(),
                    host.explained()
                            + " is no loopback address, so the internal port needs an API key: set "
                            + key.variable()
                            + " or, in the file, "
                            + key.name());
        }
    }

    private void checkTokenKeys() {
        List<Setting<?>> sources = TokenSettings.SOURCES.stream().filter(this::isSet).toList();
        sources.stream()
                .skip(1)
                .forEach(setting -> contradiction(setting, "cannot be beside", sources.getFirst()));
        List<Setting<Boolean>> logins = new ArrayList<>(List.of(SettingsTable.WS_LOGIN));
        values.routes().forEach(route -> logins.add(GatewayRows.of(route).telling().login()));
        logins.stream()
                .filter(login -> values.get(login) && sources.isEmpty())
                .forEach(this::keysMissing);
    }

    private void keysMissing(Setting<Boolean> needsLogin) {
        Assignment login = values.assignment(needsLogin);
        String names =
                String.join(", ", TokenSettings.SOURCES.stream().map(Setting::name).toList());
        values.fault(
                login.source(),
                login.explained()
                        + " needs keys that tokens are verified with: set one of "
                        + names);
    }

    /// A route leads somewhere.
    private void checkService(GatewayRows route) {
        String to = route.service().to().name();
        if (values.get(route.service().to()).isEmpty()) {
            String source =
                    route.all().stream()
                            .map(values::assignment)
                            .filter(said -> !said.isDefault())
                            .map(Assignment::source)
                            .findFirst()
                            .orElse(to);
            values.fault(source, to + " is missing: the URL of the service behind the route");
        }
    }

    private void checkProxies() {
        Assignment protocol = values.assignment(SettingsTable.PROXY_PROTOCOL);
        if (values.get(SettingsTable.PROXY_PROTOCOL)
                && values.get(SettingsTable.PROXY_TRUSTED).isEmpty()) {
            values.fault(
                    protocol.source(),
                    protocol.explained() + " needs " + SettingsTable.PROXY_TRUSTED.name());
        }
    }

    /// @return whether nothing is wrong with it
    private boolean checkTls(TlsRows rows) {
        boolean hasCertificate = isSet(rows.certificate());
        boolean isHalf = hasCertificate != isSet(rows.key());
        if (isHalf) {
            contradiction(rows.certificate(), "goes with", rows.key());
        }
        boolean isTwice = hasCertificate && isSet(rows.keystore());
        if (isTwice) {
            contradiction(rows.keystore(), "cannot be beside", rows.certificate());
        }
        rows.clientCa()
                .filter(ca -> isSet(ca) && !hasCertificate && !isSet(rows.keystore()))
                .ifPresent(ca -> contradiction(ca, "needs", rows.certificate()));
        return !isHalf && !isTwice;
    }

    private boolean isSet(Setting<?> setting) {
        return !values.assignment(setting).text().isEmpty();
    }

    private void contradiction(Setting<?> setting, String rule, Setting<?> otherSetting) {
        Assignment one = values.assignment(setting);
        Assignment other = values.assignment(otherSetting);
        values.fault(
                one.isDefault() ? other.source() : one.source(),
                one.explained() + ' ' + rule + ' ' + other.explained());
    }
}

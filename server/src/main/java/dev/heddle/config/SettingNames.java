package dev.heddle.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Finds settings by what operators call them: those of the [SettingsTable], and of the gateway's
/// routes, which operators name.
final class SettingNames {
    private SettingNames() {}

    static Optional<Setting<?>> find(String name) {
        return SettingsTable.all().stream()
                .filter(setting -> setting.name().equals(name))
                .findFirst()
                .or(() -> GatewayRows.find(name));
    }

    static Optional<Setting<?>> findVariable(String variable) {
        return SettingsTable.all().stream()
                .filter(setting -> setting.variable().equals(variable))
                .findFirst()
                .or(() -> GatewayRows.findVariable(variable));
    }

    /// Whether the name is the first part of others, such as `limits`.
    static boolean isGroup(String name) {
        return GatewayRows.isGroup(name)
                || SettingsTable.all().stream()
                        .anyMatch(setting -> setting.name().startsWith(name + '.'));
    }

    /// The names that one which nothing has may be meant for.
    static List<String> near(String name) {
        List<String> names = new ArrayList<>();
        SettingsTable.all().forEach(setting -> names.add(setting.name()));
        GatewayRows.route(name)
                .ifPresent(
                        route -> GatewayRows.of(route).all().forEach(row -> names.add(row.name())));
        return names;
    }
}

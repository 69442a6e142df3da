package dev.heddle.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The tables of `docs/settings.md` are made from the [SettingsTable]. When they differ, the right
/// page is in `target/settings.md`, to be copied.
class SettingsPageTest {
    private static final Path PAGE = Path.of("docs", "settings.md");
    private static final Pattern TABLE =
            Pattern.compile("(<!-- settings: ([a-z]+) -->\n).*?(<!-- end -->)", Pattern.DOTALL);

    /// The settings whose names have one part.
    private static final String SERVER = "server";

    private static final Map<Setting<?>, String> GOWEBSOCKET =
            ProfileDefaults.of(Profile.GOWEBSOCKET);

    @Test
    void everySettingIsInTheManualAndEverySettingOfTheManualExists() throws IOException {
        String page = Files.readString(PAGE);
        Map<String, List<Setting<?>>> groups = groups();
        List<String> written = new ArrayList<>();
        String right =
                TABLE.matcher(page)
                        .replaceAll(
                                table -> {
                                    written.add(table.group(2));
                                    return Matcher.quoteReplacement(
                                            table.group(1)
                                                    + rows(
                                                            groups.getOrDefault(
                                                                    table.group(2), List.of()))
                                                    + table.group(3));
                                });
        Files.writeString(Path.of("target", "settings.md"), right);
        assertEquals(List.copyOf(groups.keySet()), written, "the tables, in this order");
        assertEquals(right, page, "copy target/settings.md over docs/settings.md");
    }

    private static Map<String, List<Setting<?>>> groups() {
        return Stream.<Setting<?>>concat(
                        SettingsTable.all().stream(), GatewayRows.of("NAME").all().stream())
                .collect(
                        Collectors.groupingBy(
                                SettingsPageTest::group, LinkedHashMap::new, Collectors.toList()));
    }

    private static String group(Setting<?> setting) {
        return setting.group().isEmpty()
                ? SERVER
                : setting.name().substring(0, setting.name().indexOf('.'));
    }

    private static String rows(List<Setting<?>> settings) {
        return "\n| setting | default | what it is | it takes |\n|---|---|---|---|\n"
                + settings.stream().map(SettingsPageTest::row).collect(Collectors.joining())
                + "\n";
    }

    private static String row(Setting<?> setting) {
        String inProfile = GOWEBSOCKET.get(setting);
        return "| `%s` | %s%s | %s | %s |\n"
                .formatted(
                        setting.name(),
                        code(setting.defaultText()),
                        inProfile == null ? "" : "; gowebsocket " + code(inProfile),
                        setting.description(),
                        setting.kind().expected().apply("").replace("|", "\\|"));
    }

    private static String code(String text) {
        return text.isEmpty() ? "none" : "`" + text + "`";
    }
}

package dev.heddle.recording;

import jdk.jfr.Configuration;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/// The events that a recording contains.
public enum Template {
    /// The events that matter for a server with very many idle connections: `ops/jfr/heddle.jfc`.
    HEDDLE,
    /// The JDK's own for running all the time.
    DEFAULT,
    /// The JDK's own for a closer look.
    PROFILE;

    private static final String FILE = "heddle.jfc";

    /// Shows `HEDDLE_TOKEN_SECRET`, and the command lines of others.
    private static final Map<String, String> SECRET =
            Map.of(
                    "jdk.InitialEnvironmentVariable#enabled", "false",
                    "jdk.InitialSystemProperty#enabled", "false",
                    "jdk.SystemProcess#enabled", "false");

    /// The template of that name.
    public static Optional<Template> of(String word) {
        return Stream.of(values()).filter(each -> each.word().equals(word)).findFirst();
    }

    /// The template's name as an operator writes it.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// The template's settings, as JFR takes them, without events that show secrets.
    Map<String, String> settings() throws IOException {
        try {
            Configuration read =
                    switch (this) {
                        case HEDDLE -> own();
                        case DEFAULT, PROFILE -> Configuration.getConfiguration(word());
                    };
            Map<String, String> settings = new HashMap<>(read.getSettings());
            settings.putAll(SECRET);
            return settings;
        } catch (ParseException malformed) {
            throw new IOException(malformed);
        }
    }

    private static Configuration own() throws IOException, ParseException {
        InputStream in = Objects.requireNonNull(Template.class.getResourceAsStream(FILE), FILE);
        try (InputStreamReader text = new InputStreamReader(in, StandardCharsets.UTF_8)) {
            return Configuration.create(text);
        }
    }
}

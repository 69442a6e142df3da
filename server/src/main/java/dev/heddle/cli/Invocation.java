package dev.heddle.cli;

import dev.heddle.config.Configuration;
import dev.heddle.config.Configuration.Reading;
import dev.heddle.config.Settings;

import java.util.Map;

/// One run of the command line, as every verb sees it.
///
/// @param console its streams
/// @param environment its variables
/// @param options those that set something
record Invocation(Console console, Map<String, String> environment, SettingOptions options) {
    /// Reads the settings from the options, the environment and the file.
    ///
    /// @throws Complaint if any of them is wrong
    Configuration configuration() throws Complaint {
        return switch (Configuration.read(options.file(), environment, options.flags())) {
            case Reading.Good(var configuration) -> configuration;
            case Reading.Faulty(var faults) -> throw Complaint.settings(faults);
        };
    }

    /// The settings alone.
    ///
    /// @throws Complaint if any of them is wrong
    Settings settings() throws Complaint {
        return configuration().settings();
    }
}

package dev.heddle.config;

import java.util.List;

/// Rows of the [SettingsTable] that several things have alike.
interface RowGroup {
    /// All rows of the group, in the order in which they are shown.
    List<Setting<?>> all();
}

/// The operator's choices: settings, limits and deadlines as immutable records that are valid once
/// they exist, and the reading of them from a YAML file, the environment and the flags.
///
/// The package stands before the path of a message: it runs once, on the main thread, before any
/// port is open. Its records are then read by every package from any thread. It knows nothing of
/// sockets, frames or HTTP, and of other packages of Heddle it uses none.
///
/// [SettingsTable] is the table of all settings, [Configuration#read] reads them, [Settings] is the
/// result. Origins are compared as RFC 6454 section 6.2 writes them.
@NullMarked
package dev.heddle.config;

import org.jspecify.annotations.NullMarked;

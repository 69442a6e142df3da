package dev.heddle.cli;

import java.io.InputStream;
import java.io.PrintStream;

/// The three streams of a command.
///
/// @param in what is piped into it
/// @param out what was asked for
/// @param err what the operator has to know or to mend
record Console(InputStream in, PrintStream out, PrintStream err) {}

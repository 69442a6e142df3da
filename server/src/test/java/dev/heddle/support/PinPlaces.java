package dev.heddle.support;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The places of the code at which virtual threads have held their carriers. **Thread-safe.**
///
/// Once is let be, and so is what happens when code runs for the first time: classes are loaded,
/// linked and initialized, and a thread that waits for this cannot leave its carrier.
final class PinPlaces {
    private static final Pattern START_UP =
            Pattern.compile(
                    "Waited for initialization of|VM call to"
                        + " (java|javax|jdk|sun|com\\.sun)\\.|Contended monitor enter.*Freeze or"
                        + " preempt failed \\(2\\)"
                        + "|<clinit>|java\\.lang\\.ClassLoader\\.|jdk\\.internal\\.loader\\."
                        + "|java\\.lang\\.invoke\\.MethodHandleNatives\\.");

    private static final Pattern OURS = Pattern.compile("dev\\.heddle\\.\\S+");

    private final Set<String> seen = ConcurrentHashMap.newKeySet();

    /// Whether a thread has held its carrier here, and because of this, before.
    ///
    /// @param why what the JVM says of it
    /// @param frames the innermost ones; the first of Heddle is the place, whoever called it
    boolean isSecond(String why, String frames) {
        Matcher ours = OURS.matcher(frames);
        String place = ours.find() ? ours.group() : frames;
        return !START_UP.matcher(why + '\n' + frames).find() && !seen.add(why + '\n' + place);
    }
}

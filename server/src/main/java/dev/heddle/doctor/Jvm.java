package dev.heddle.doctor;

import com.sun.management.HotSpotDiagnosticMXBean;

import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The Java that runs the server.
///
/// @param maxHeapBytes the most that its heap can grow to
/// @param processors that it uses
/// @param wanted how many options `ops/jvm.options` has
/// @param missing those of them that are not in force
public record Jvm(long maxHeapBytes, int processors, int wanted, List<String> missing) {
    private static final Pattern SWITCH = Pattern.compile("-XX:([+-])(\\w+)");
    private static final Pattern VALUE = Pattern.compile("-XX:(?!CompileCommand)(\\w+)=(\\w+)");
    private static final Pattern DECISIVE =
            Pattern.compile("UseCompactObjectHeaders|CompileCommand=inline");
    private static final Pattern SIZE = Pattern.compile("([0-9]+)([kmg])");

    public Jvm {
        missing = List.copyOf(missing);
    }

    /// The one that runs this code.
    public static Jvm ofThisProcess() {
        List<String> wanted = options();
        List<String> given = ManagementFactory.getRuntimeMXBean().getInputArguments();
        return new Jvm(
                Runtime.getRuntime().maxMemory(),
                Runtime.getRuntime().availableProcessors(),
                wanted.size(),
                wanted.stream().filter(option -> !isInForce(option, given)).toList());
    }

    /// Whether it was started with what makes idle connections small.
    boolean isTuned() {
        return missing.stream().noneMatch(DECISIVE.asPredicate());
    }

    /// The options of `ops/jvm.options`, which the build copies beside this class.
    private static List<String> options() {
        try (InputStream in = Jvm.class.getResourceAsStream("jvm.options")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> line.startsWith("-"))
                    .toList();
        } catch (IOException unreadable) {
            return List.of();
        }
    }

    /// A later option may have taken it back, so the value counts where Java tells it.
    private static boolean isInForce(String option, List<String> given) {
        Matcher isSwitch = SWITCH.matcher(option);
        if (isSwitch.matches()) {
            return value(isSwitch.group(2))
                    .map(("" + isSwitch.group(1).equals("+"))::equals)
                    .orElseGet(() -> given.contains(option));
        }
        Matcher isValue = VALUE.matcher(option);
        if (isValue.matches()) {
            return value(isValue.group(1))
                    .map(plain(isValue.group(2))::equals)
                    .orElseGet(() -> given.contains(option));
        }
        return given.contains(option);
    }

    private static Optional<String> value(String name) {
        try {
            return Optional.of(
                    ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
                            .getVMOption(name)
                            .getValue());
        } catch (IllegalArgumentException untold) {
            return Optional.empty();
        }
    }

    private static String plain(String size) {
        Matcher matcher = SIZE.matcher(size.toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            return size;
        }
        int shift = 10 * (1 + "kmg".indexOf(matcher.group(2)));
        return Long.toString(Long.parseLong(matcher.group(1)) << shift);
    }
}

package dev.heddle;

import java.lang.reflect.InvocationTargetException;

/**
 * Where the jar starts: compiled for Java 8, so that an older Java gets a sentence, not a stack
 * trace.
 */
public final class Launcher {
    private static final int NEEDED_JAVA = 25;

    private Launcher() {}

    /** Hands over to {@code Main}, or says which Java is needed and ends with exit code 1. */
    public static void main(String[] args) throws Throwable {
        String version = System.getProperty("java.specification.version");
        if (feature(version) < NEEDED_JAVA) {
            System.err.println(
                    "Heddle needs Java "
                            + NEEDED_JAVA
                            + " or newer; this is Java "
                            + version
                            + " ("
                            + System.getProperty("java.home")
                            + ").");
            System.exit(1);
        }
        try {
            // By name: this compiler run cannot read classes that are newer than Java 8.
            Class.forName("dev.heddle.cli.Main")
                    .getMethod("main", String[].class)
                    .invoke(null, (Object) args);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static int feature(String version) {
        return Integer.parseInt(version.startsWith("1.") ? version.substring(2) : version);
    }
}

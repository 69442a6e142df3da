import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.JavaFormatterOptions;
import com.google.googlejavaformat.java.JavaFormatterOptions.Style;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Checks that every Java source under the given folders is formatted, or formats it.
///
/// The build runs this on the JDK it compiles with: google-java-format cannot read newer source
/// than the Java it runs on, so a Maven plugin would need Maven itself to run on that JDK.
final class Format {
    public static void main(String[] args) throws Exception {
        String mode = args[0];
        List<Path> folders = Stream.of(args).skip(1).map(Path::of).toList();
        if (!mode.equals("check") && !mode.equals("apply")) {
            System.err.println("The mode is check or apply, not " + mode);
            System.exit(2);
        }
        List<Path> unformatted = unformatted(folders, mode.equals("apply"));
        if (mode.equals("check") && !unformatted.isEmpty()) {
            unformatted.forEach(file -> System.err.println("Not formatted: " + file));
            System.err.println("To format them: mvn -q initialize -Pformat");
            System.exit(1);
        }
    }

    private static List<Path> unformatted(List<Path> folders, boolean apply) throws Exception {
        var formatter = new Formatter(JavaFormatterOptions.builder().style(Style.AOSP).build());
        List<Path> sources = new ArrayList<>();
        for (Path folder : folders) {
            try (var files = Files.walk(folder)) {
                files.filter(file -> file.toString().endsWith(".java"))
                        .sorted()
                        .forEach(sources::add);
            }
        }
        var unformatted = new ArrayList<Path>();
        for (Path source : sources) {
            String text = Files.readString(source);
            String formatted = formatter.formatSourceAndFixImports(text);
            if (!formatted.equals(text)) {
                unformatted.add(source);
                if (apply) {
                    Files.writeString(source, formatted);
                }
            }
        }
        return unformatted;
    }
}

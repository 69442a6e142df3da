package dev.heddle.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import static org.junit.jupiter.api.Assertions.assertEquals;

import static java.util.stream.Collectors.toCollection;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;

/// Holds the map of the packages: which one may use which. The base package sees all of them but
/// the command line, which stands above it.
final class PackageDirectionsTest {
    private static final String BASE = "dev.heddle";

    /// Leaves that every package may use.
    private static final List<String> OPEN_TO_ALL = List.of("config", "telemetry");

    private static final Map<String, List<String>> MAY_USE =
            Map.ofEntries(
                    Map.entry("config", List.of()),
                    Map.entry("telemetry", List.of()),
                    Map.entry("recording", List.of()),
                    Map.entry("buffer", List.of()),
                    Map.entry("http", List.of("buffer")),
                    Map.entry("handshake", List.of("http")),
                    Map.entry("proxy", List.of("http")),
                    Map.entry("frame", List.of("buffer")),
                    Map.entry("deflate", List.of("frame")),
                    Map.entry("endpoint", List.of()),
                    Map.entry("message", List.of("deflate", "endpoint", "frame", "buffer")),
                    Map.entry("hub", List.of("broker", "deflate", "frame")),
                    Map.entry("outbox", List.of("deflate", "frame", "buffer")),
                    Map.entry("json", List.of()),
                    Map.entry("acc.wire", List.of("broker", "channel", "frame", "hub", "json")),
                    Map.entry("broker", List.of()),
                    Map.entry("channel", List.of("broker", "frame", "hub")),
                    Map.entry("user", List.of("broker", "channel", "frame", "hub")),
                    Map.entry("pem", List.of()),
                    Map.entry("tls", List.of("buffer", "pem")),
                    Map.entry("auth", List.of("channel", "http", "pem", "user")),
                    Map.entry(
                            "session",
                            List.of(
                                    "deflate",
                                    "endpoint",
                                    "http",
                                    "message",
                                    "frame",
                                    "hub",
                                    "outbox")),
                    Map.entry(
                            "acc",
                            List.of(
                                    "session",
                                    "broker",
                                    "channel",
                                    "acc.wire",
                                    "deflate",
                                    "json",
                                    "user",
                                    "message",
                                    "frame",
                                    "hub",
                                    "outbox")),
                    Map.entry(
                            "net",
                            List.of(
                                    "auth",
                                    "deflate",
                                    "http",
                                    "handshake",
                                    "proxy",
                                    "frame",
                                    "message",
                                    "session",
                                    "tls",
                                    "outbox",
                                    "buffer")),
                    Map.entry("net.transport", List.of()),
                    Map.entry("control", List.of("broker", "channel", "frame", "hub", "user")),
                    Map.entry("api.http", List.of("broker", "buffer", "http", "json", "tls")),
                    Map.entry(
                            "api.v1",
                            List.of(
                                    "api.http",
                                    "broker",
                                    "channel",
                                    "acc.wire",
                                    "control",
                                    "frame",
                                    "hub",
                                    "json",
                                    "user")),
                    Map.entry(
                            "api.gowebsocket",
                            List.of("api.http", "acc.wire", "control", "hub", "json", "user")),
                    Map.entry("api.aws", List.of("api.http", "control", "frame")),
                    Map.entry(
                            "api.inside",
                            List.of("api.http", "control", "http", "json", "recording")),
                    Map.entry(
                            "api",
                            List.of(
                                    "broker",
                                    "buffer",
                                    "channel",
                                    "acc.wire",
                                    "control",
                                    "frame",
                                    "http",
                                    "hub",
                                    "json",
                                    "recording",
                                    "tls",
                                    "user")),
                    Map.entry("doctor", List.of("net", "broker.redis")),
                    Map.entry(
                            "cli",
                            List.of("auth", "doctor", "json", "net", "recording", "tls", "user")),
                    Map.entry("redis", List.of("broker")),
                    Map.entry(
                            "gateway",
                            List.of(
                                    "session", "acc", "broker", "channel", "control", "deflate",
                                    "frame", "http", "hub", "json", "message", "outbox", "user")));

    /// Stands above the base package, which it starts.
    private static final String ABOVE_BASE = "cli";

    private static final JavaClasses CLASSES =
            new ClassFileImporter()
                    .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                    .importPackages(BASE);

    @ParameterizedTest
    @MethodSource("packages")
    void usesOnlyWhatTheMapAllows(String name) {
        var allowed = new ArrayList<>(MAY_USE.get(name));
        allowed.add(name);
        if (!OPEN_TO_ALL.contains(name)) {
            allowed.addAll(OPEN_TO_ALL);
        }
        List<String> patterns =
                new ArrayList<>(allowed.stream().map(other -> BASE + "." + other + "..").toList());
        if (name.equals(ABOVE_BASE)) {
            patterns.add(BASE);
        }

        noClasses()
                .that(resideInAPackage(BASE + "." + name + ".."))
                .should()
                .dependOnClassesThat(
                        resideInAPackage(BASE + "..")
                                .and(not(resideInAnyPackage(patterns.toArray(String[]::new)))))
                .allowEmptyShould(true)
                .check(CLASSES);
    }

    @Test
    void theBaseDoesNotKnowWhatStandsAboveIt() {
        noClasses()
                .that(resideInAPackage(BASE))
                .should()
                .dependOnClassesThat(resideInAPackage(BASE + "." + ABOVE_BASE + ".."))
                .check(CLASSES);
    }

    static Stream<String> packages() {
        return MAY_USE.keySet().stream().sorted();
    }

    @Test
    void everyPackageIsOnTheMap() {
        var unknown =
                CLASSES.getPackage(BASE).getSubpackages().stream()
                        .map(JavaPackage::getRelativeName)
                        .filter(name -> !MAY_USE.containsKey(name))
                        .collect(toCollection(TreeSet::new));

        assertEquals(new TreeSet<>(), unknown);
    }

    @Test
    void thereIsNoCycle() {
        slices().matching(BASE + ".(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void everyPackageSaysWhatItIsAndIsNullMarked() {
        var bare =
                CLASSES.getPackage(BASE).getSubpackagesInTree().stream()
                        .filter(each -> !each.getClasses().isEmpty())
                        .filter(each -> !each.isAnnotatedWith(NullMarked.class))
                        .map(JavaPackage::getName)
                        .collect(toCollection(TreeSet::new));

        assertEquals(new TreeSet<>(), bare);
    }

    @Test
    void noNameHidesWhatItsClassIs() {
        noClasses()
                .should()
                .haveNameMatching(".*[.$](Abstract[A-Z][^.]*|[^.]*(Impl|Manager|Utils?|Helper))")
                .check(CLASSES);
    }
}

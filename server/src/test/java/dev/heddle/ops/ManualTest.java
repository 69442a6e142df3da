package dev.heddle.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.config.Configuration;
import dev.heddle.config.Configuration.Reading;
import dev.heddle.support.ApiClient;
import dev.heddle.support.Conversation;
import dev.heddle.support.Document;
import dev.heddle.support.TestServer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// README and manual: their links, their examples, and that a reader finds each page.
class ManualTest {
    @RegisterExtension static final TestServer SERVER = new TestServer(TestServer.settings());

    private static final Pattern LINK = Pattern.compile("\\]\\(([^):#]*)(?:#([^)]*))?\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.*)$");
    private static final Pattern CODE = Pattern.compile("(?s)\n```.*?\n```");
    private static final Pattern ROUTE =
            Pattern.compile(
                    "`(GET|POST|PUT|DELETE) (/(?:api|debug|user|system|livez|readyz|metrics)[^"
                            + " `]*)`");
    private static final Path FOLDER = Path.of("..", "server", "docs");
    private static final Path GUIDE = Path.of("..", "ops", "guide");
    private static final String MANUAL = "server/docs/README.md";

    @TempDir private Path folder;

    static List<Document> documents() throws IOException {
        return Document.all();
    }

    static List<Document> pages() throws IOException {
        return Document.all().stream()
                .filter(page -> page.path().startsWith(FOLDER))
                .filter(page -> !page.path().endsWith("README.md"))
                .toList();
    }

    @Test
    void theReadmeIsShort() {
        assertTrue(Document.read("README.md").text().lines().count() <= 150);
    }

    @ParameterizedTest
    @MethodSource("documents")
    void linksLeadSomewhere(Document page) {
        List<String> dead = new ArrayList<>();
        Matcher links = LINK.matcher(withoutCode(page));
        while (links.find()) {
            Path target =
                    links.group(1).isEmpty()
                            ? page.path()
                            : page.path().resolveSibling(links.group(1)).normalize();
            boolean isThere =
                    Files.exists(target)
                            && (links.group(2) == null
                                    || anchors(Document.of(target)).contains(links.group(2)));
            if (!isThere && !links.group().startsWith("](http")) {
                dead.add(links.group());
            }
        }
        assertEquals(List.of(), dead);
    }

    private static String withoutCode(Document page) {
        return CODE.matcher(page.text()).replaceAll("");
    }

    /// As GitHub names headings.
    private static Set<String> anchors(Document page) {
        return HEADING.matcher(withoutCode(page))
                .results()
                .map(
                        heading ->
                                heading.group(1)
                                        .toLowerCase(Locale.ROOT)
                                        .replaceAll("[^\\p{L}\\p{N} _-]", "")
                                        .replace(' ', '-'))
                .collect(Collectors.toSet());
    }

    @ParameterizedTest
    @MethodSource("pages")
    void theManualLeadsToEachPage(Document page) {
        String name = page.path().getFileName().toString();
        assertTrue(Document.read(MANUAL).text().contains("](" + name + ")"), name);
    }

    static List<Document> pagesOfManualAndGuide() throws IOException {
        return Document.all().stream()
                .filter(page -> page.path().startsWith(FOLDER) || page.path().startsWith(GUIDE))
                .filter(page -> !page.path().endsWith("README.md"))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("pagesOfManualAndGuide")
    void eachPageBeginsWithTheTask(Document page) {
        assertTrue(page.text().matches("(?s)# [^\n]+\n\n\\*\\*The task:\\*\\* .*"));
    }

    @Test
    void everyDrawingIsOnAPageAndHasLightAndDarkColours() throws IOException {
        try (Stream<Path> drawings = Files.list(FOLDER.resolve("images"))) {
            for (Path drawing : drawings.toList()) {
                String name = drawing.getFileName().toString();
                assertTrue(
                        documents().stream()
                                .anyMatch(page -> page.text().contains("images/" + name + ")")),
                        name);
                String svg = Files.readString(drawing);
                assertTrue(svg.contains("@media (prefers-color-scheme: dark)"), name);
                assertTrue(svg.contains("<title id=\"title\">"), name);
            }
        }
    }

    /// The routes of the public port are left out.
    @ParameterizedTest
    @MethodSource("documents")
    void theInternalPortHasTheRoutesThatAreNamed(Document page) throws IOException {
        ApiClient api = new ApiClient(SERVER.heddle().internalPort());
        for (MatchResult route : ROUTE.matcher(page.text()).results().toList()) {
            String path = route.group(2).replaceAll("\\?.*", "").replaceAll("[{}]", "");
            String methods = api.ask("PATCH", path).header("Allow");
            assertTrue(List.of(methods.split(", ")).contains(route.group(1)), route.group());
        }
    }

    @ParameterizedTest
    @MethodSource("documents")
    void theServerTakesEveryExampleOfAFile(Document page) throws IOException {
        for (String yaml : page.code("yaml")) {
            Path file = Files.writeString(folder.resolve("heddle.yaml"), yaml);
            Reading reading = Configuration.read(Optional.of(file), Map.of(), List.of());
            assertInstanceOf(Reading.Good.class, reading, () -> reading + yaml);
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void conversationsAreHeldAsTheyAreWritten(Document page) throws IOException {
        for (String text : page.code("conversation")) {
            Conversation.parse(page.toString(), "== " + page + "\n" + text)
                    .getFirst()
                    .hold(SERVER.heddle());
        }
    }
}

package dev.heddle.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;

import org.junit.jupiter.api.Test;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Holds which files know each other in a circle, so that none can be understood before the others.
/// The list may only become shorter.
class KnotsTest {
    private static final String BASE = "dev.heddle.";

    private static final Set<String> KNOWN =
            Set.of(
                    "api.http.Caller api.http.Callers api.http.InternalServer",
                    "auth.JwksUrl auth.KeySource",
                    "channel.Channel channel.Subscription",
                    "cli.Commands cli.CompletionCommand cli.Verb cli.WrongUsage",
                    "cli.Converters cli.TokenCommand",
                    "http.HeadParser http.RequestHead http.Target",
                    "json.Json json.RawJson",
                    "message.Holder message.UnfinishedBytes",
                    "outbox.FrameQueue outbox.OneWriterQueue outbox.OutboxContext outbox.Writers",
                    "user.Member user.Room user.User");

    /// What each file uses, by the names of their types.
    private static Map<String, Set<String>> uses() {
        Map<String, Set<String>> uses = new TreeMap<>();
        for (JavaClass each :
                new ClassFileImporter()
                        .withImportOption(location -> !location.contains("test-classes"))
                        .importPackages("dev.heddle")) {
            Set<String> used = uses.computeIfAbsent(file(each), _ -> new TreeSet<>());
            each.getDirectDependenciesFromSelf().stream()
                    .map(Dependency::getTargetClass)
                    .map(JavaClass::getBaseComponentType)
                    .filter(target -> target.getName().startsWith(BASE))
                    .map(KnotsTest::file)
                    .forEach(used::add);
            used.remove(file(each));
        }
        return uses;
    }

    private static String file(JavaClass type) {
        return type.getName().replaceFirst("\\$.*", "").substring(BASE.length());
    }

    /// Finds the knots: sets of files each of which leads to all others (Tarjan's algorithm).
    private static final class Knots {
        private final Map<String, Set<String>> uses;
        private final Map<String, Integer> index = new HashMap<>();
        private final Map<String, Integer> low = new HashMap<>();
        private final Deque<String> path = new ArrayDeque<>();
        private final Set<String> onPath = new HashSet<>();
        private final Set<String> found = new TreeSet<>();

        Knots(Map<String, Set<String>> uses) {
            this.uses = uses;
            uses.keySet().forEach(this::visit);
        }

        private void visit(String file) {
            if (index.containsKey(file)) {
                return;
            }
            index.put(file, index.size());
            low.put(file, index.get(file));
            path.push(file);
            onPath.add(file);
            for (String used : uses.getOrDefault(file, Set.of())) {
                boolean isNew = !index.containsKey(used);
                visit(used);
                if (isNew || onPath.contains(used)) {
                    low.merge(file, isNew ? low.get(used) : index.get(used), Math::min);
                }
            }
            if (low.get(file).equals(index.get(file))) {
                add(takeFrom(file));
            }
        }

        private Collection<String> takeFrom(String file) {
            Set<String> knot = new TreeSet<>();
            String taken;
            do {
                taken = path.pop();
                onPath.remove(taken);
                knot.add(taken);
            } while (!taken.equals(file));
            return knot;
        }

        private void add(Collection<String> knot) {
            if (knot.size() > 1) {
                found.add(String.join(" ", knot));
            }
        }
    }

    @Test
    void noFilesKnowEachOtherInACircleButThese() {
        assertEquals(
                String.join("\n", new TreeSet<>(KNOWN)),
                new Knots(uses()).found.stream().collect(Collectors.joining("\n")));
    }
}

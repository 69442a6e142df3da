package dev.heddle.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.source.tree.BlockTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.DoWhileLoopTree;
import com.sun.source.tree.EnhancedForLoopTree;
import com.sun.source.tree.ForLoopTree;
import com.sun.source.tree.IfTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.SwitchTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TryTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.tree.WhileLoopTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import javax.lang.model.element.Modifier;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/// Holds how large files, methods and classes of the product may be. What is larger is listed with
/// its size, and may only shrink.
class SizesTest {
    private static final Path SOURCES = Path.of("src", "main", "java");

    private static final int MAX_FILE_LINES = 250;
    private static final int MAX_METHOD_LINES = 30;
    private static final int MAX_PARAMETERS = 4;
    private static final int MAX_COMPONENTS = 6;
    private static final int MAX_NESTING = 3;
    private static final int MAX_MUTABLE_FIELDS = 7;

    private static final Map<String, Integer> LARGER_FILES =
            Map.ofEntries(
                    Map.entry("acc/Subscriptions", 277),
                    Map.entry("config/Kind", 252),
                    Map.entry("config/SettingsTable", 419),
                    Map.entry("message/UnfinishedBytes", 307),
                    Map.entry("outbox/OneWriterQueue", 255));
    private static final Map<String, Integer> LONGER_METHODS =
            Map.ofEntries(
                    Map.entry("cli/Serving#serve", 31),
                    Map.entry("doctor/NetworkChecks#tracking", 34),
                    Map.entry("frame/FrameHeader#decode", 38),
                    Map.entry("net/MessageLoop#receive", 44),
                    Map.entry("telemetry/Metrics#<init>", 64));
    private static final Map<String, Integer> MORE_PARAMETERS =
            Map.ofEntries(
                    Map.entry("config/Spelling#step", 5),
                    Map.entry("doctor/Finding#cap", 6),
                    Map.entry("doctor/Finding#note", 5),
                    Map.entry("doctor/Finding#of", 5),
                    Map.entry("telemetry/event/HandshakeRejected#emit", 5));
    private static final Map<String, Integer> LARGER_RECORDS =
            Map.ofEntries(
                    Map.entry("acc/AccContext#AccContext", 10),
                    Map.entry("api/v1/ConnectionRow#ConnectionRow", 7),
                    Map.entry("api/v1/ServerRoutes#Server", 8),
                    Map.entry("auth/Claims#Claims", 8),
                    Map.entry("config/ChannelRule#ChannelRule", 11),
                    Map.entry("config/Settings#Settings", 9),
                    Map.entry("config/SettingsTable#EndpointRows", 7),
                    Map.entry("config/UserSettings#UserSettings", 7),
                    Map.entry("doctor/JsonReport#JsonReport", 9),
                    Map.entry("net/ServerContext#ServerContext", 11),
                    Map.entry("net/Timeouts#Timeouts", 9),
                    Map.entry("telemetry/Traffic#Traffic", 12));
    private static final Map<String, Integer> DEEPER_METHODS =
            Map.ofEntries(
                    Map.entry("json/Json#readData", 4), Map.entry("net/MessageLoop#receive", 4));
    private static final Map<String, Integer> MORE_MUTABLE_FIELDS =
            Map.ofEntries(Map.entry("telemetry/event/ConnectionClosed#ConnectionClosed", 12));

    private static final Map<String, Integer> FILES = new TreeMap<>();
    private static final Map<String, Integer> METHODS = new TreeMap<>();
    private static final Map<String, Integer> PARAMETERS = new TreeMap<>();
    private static final Map<String, Integer> COMPONENTS = new TreeMap<>();
    private static final Map<String, Integer> NESTING = new TreeMap<>();
    private static final Map<String, Integer> MUTABLE_FIELDS = new TreeMap<>();

    @BeforeAll
    static void measure() throws IOException {
        var compiler = ToolProvider.getSystemJavaCompiler();
        List<Path> files;
        try (Stream<Path> all = Files.walk(SOURCES)) {
            files = all.filter(file -> file.toString().endsWith(".java")).toList();
        }
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
            JavacTask task =
                    (JavacTask)
                            compiler.getTask(
                                    null,
                                    manager,
                                    null,
                                    List.of("-proc:none"),
                                    null,
                                    manager.getJavaFileObjectsFromPaths(files));
            SourcePositions positions = Trees.instance(task).getSourcePositions();
            for (CompilationUnitTree unit : task.parse()) {
                String file =
                        SOURCES.resolve("dev/heddle")
                                .toAbsolutePath()
                                .relativize(Path.of(unit.getSourceFile().toUri()))
                                .toString()
                                .replace(".java", "");
                FILES.put(file, Files.readAllLines(Path.of(unit.getSourceFile().toUri())).size());
                new Measure(file, unit, positions).scan(unit, null);
            }
        }
    }

    /// Measures what one file holds.
    private static final class Measure extends TreeScanner<Void, Void> {
        private final String file;
        private final CompilationUnitTree unit;
        private final SourcePositions positions;
        private boolean isInRecord;

        Measure(String file, CompilationUnitTree unit, SourcePositions positions) {
            this.file = file;
            this.unit = unit;
            this.positions = positions;
        }

        @Override
        public Void visitClass(ClassTree type, Void nothing) {
            long mutable =
                    type.getMembers().stream()
                            .filter(VariableTree.class::isInstance)
                            .map(each -> ((VariableTree) each).getModifiers().getFlags())
                            .filter(flags -> !flags.contains(Modifier.FINAL))
                            .filter(flags -> !flags.contains(Modifier.STATIC))
                            .count();
            boolean isRecord = type.getKind() == Tree.Kind.RECORD;
            put(MUTABLE_FIELDS, name(type.getSimpleName()), isRecord ? 0 : (int) mutable);
            if (isRecord) {
                put(COMPONENTS, name(type.getSimpleName()), components(type));
            }
            boolean wasInRecord = isInRecord;
            isInRecord = isRecord;
            super.visitClass(type, null);
            isInRecord = wasInRecord;
            return null;
        }

        private static int components(ClassTree type) {
            return (int)
                    type.getMembers().stream()
                            .filter(VariableTree.class::isInstance)
                            .map(each -> ((VariableTree) each).getModifiers().getFlags())
                            .filter(flags -> !flags.contains(Modifier.STATIC))
                            .count();
        }

        @Override
        public Void visitMethod(MethodTree method, Void nothing) {
            String name = name(method.getName());
            BlockTree body = method.getBody();
            if (body != null) {
                put(METHODS, name, line(end(body)) - line(start(body)) + 1);
                Depth depth = new Depth();
                depth.scan(body, 0);
                put(NESTING, name, depth.deepest);
            }
            if (!isCompact(method)) {
                put(PARAMETERS, name, method.getParameters().size());
            }
            return super.visitMethod(method, null);
        }

        /// A record's compact constructor has the record's components, which are counted there.
        private boolean isCompact(MethodTree method) {
            return method.getName().contentEquals("<init>") && isInRecord;
        }

        private long start(Tree tree) {
            return positions.getStartPosition(unit, tree);
        }

        private long end(Tree tree) {
            return positions.getEndPosition(unit, tree);
        }

        private int line(long position) {
            return (int) unit.getLineMap().getLineNumber(position);
        }

        private String name(CharSequence simple) {
            return file + '#' + simple;
        }

        private static void put(Map<String, Integer> sizes, String name, int size) {
            sizes.merge(name, size, Math::max);
        }
    }

    /// How deep loops, branches, tries and the like stand in each other.
    private static final class Depth extends TreeScanner<Void, Integer> {
        private int deepest;

        @Override
        public Void scan(Tree tree, Integer depth) {
            boolean isDeeper =
                    tree instanceof IfTree
                            || tree instanceof ForLoopTree
                            || tree instanceof EnhancedForLoopTree
                            || tree instanceof WhileLoopTree
                            || tree instanceof DoWhileLoopTree
                            || tree instanceof SwitchTree
                            || tree instanceof TryTree;
            int now = tree instanceof LambdaExpressionTree ? 0 : isDeeper ? depth + 1 : depth;
            deepest = Math.max(deepest, now);
            return super.scan(tree, now);
        }

        /// `else if` stands beside its `if`, not in it.
        @Override
        public Void visitIf(IfTree branch, Integer depth) {
            scan(branch.getCondition(), depth);
            scan(branch.getThenStatement(), depth);
            boolean isChain = branch.getElseStatement() instanceof IfTree;
            return scan(branch.getElseStatement(), isChain ? depth - 1 : depth);
        }
    }

    private static void assertWithin(
            Map<String, Integer> sizes, int max, Map<String, Integer> larger) {
        Map<String, Integer> found = new TreeMap<>(sizes);
        found.values().removeIf(size -> size <= max);
        assertEquals(lines(larger), lines(found));
    }

    private static String lines(Map<String, Integer> sizes) {
        List<String> lines = new ArrayList<>();
        new TreeMap<>(sizes).forEach((name, size) -> lines.add(name + " " + size));
        return String.join("\n", lines);
    }

    @Test
    void filesHaveAtMost250Lines() {
        assertWithin(FILES, MAX_FILE_LINES, LARGER_FILES);
    }

    @Test
    void methodsHaveAtMost30Lines() {
        assertWithin(METHODS, MAX_METHOD_LINES, LONGER_METHODS);
    }

    @Test
    void methodsHaveAtMost4Parameters() {
        assertWithin(PARAMETERS, MAX_PARAMETERS, MORE_PARAMETERS);
    }

    @Test
    void recordsHaveAtMost6Components() {
        assertWithin(COMPONENTS, MAX_COMPONENTS, LARGER_RECORDS);
    }

    @Test
    void statementsStandAtMost3Deep() {
        assertWithin(NESTING, MAX_NESTING, DEEPER_METHODS);
    }

    @Test
    void classesHaveAtMost7MutableFields() {
        assertWithin(MUTABLE_FIELDS, MAX_MUTABLE_FIELDS, MORE_MUTABLE_FIELDS);
    }
}

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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
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
    private static final Map<Size, Map<String, Integer>> MEASURED = new EnumMap<>(Size.class);

    /// What is measured.
    enum Size {
        FILE_LINES(
                250,
                """
                acc/Subscriptions 288
                config/Kind 252
                config/SettingsTable 361
                message/UnfinishedBytes 307
                """),
        METHOD_LINES(
                30,
                """
                doctor/NetworkChecks#tracking 34
                net/MessageLoop#receive 43
                telemetry/Metrics#<init> 45
                """),
        PARAMETERS(
                4,
                """
                config/Spelling#step 5
                doctor/Finding#cap 6
                doctor/Finding#note 5
                doctor/Finding#of 5
                telemetry/event/HandshakeRejected#emit 5
                """),
        RECORD_COMPONENTS(
                6,
                """
                acc/AccContext#AccContext 10
                api/v1/ConnectionRow#ConnectionRow 7
                api/v1/ServerRoutes#Server 8
                auth/Claims#Claims 8
                config/ChannelRule#ChannelRule 11
                config/Settings#Settings 12
                config/UserSettings#UserSettings 8
                doctor/JsonReport#JsonReport 9
                net/ServerContext#ServerContext 11
                net/Timeouts#Timeouts 9
                telemetry/Traffic#Traffic 12
                """),
        NESTING(
                3,
                """
                net/MessageLoop#receive 4
                """),
        MUTABLE_FIELDS(
                7,
                """
                telemetry/event/ConnectionClosed#ConnectionClosed 12
                """);

        private final int max;
        private final String larger;

        /// @param larger what exceeds the maximum, a line each: its name and its size
        Size(int max, String larger) {
            this.max = max;
            this.larger = larger;
        }

        /// Notes a size; of several with one name, such as overloaded methods, the largest counts.
        void note(String name, int size) {
            MEASURED.computeIfAbsent(this, _ -> new TreeMap<>()).merge(name, size, Math::max);
        }
    }

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
                Size.FILE_LINES.note(
                        file, Files.readAllLines(Path.of(unit.getSourceFile().toUri())).size());
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
            Size.MUTABLE_FIELDS.note(name(type.getSimpleName()), isRecord ? 0 : (int) mutable);
            if (isRecord) {
                Size.RECORD_COMPONENTS.note(name(type.getSimpleName()), components(type));
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
                Size.METHOD_LINES.note(name, line(end(body)) - line(start(body)) + 1);
                Depth depth = new Depth();
                depth.scan(body, 0);
                Size.NESTING.note(name, depth.deepest);
            }
            if (!isCompact(method)) {
                Size.PARAMETERS.note(name, method.getParameters().size());
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

    @ParameterizedTest
    @EnumSource
    void nothingIsLargerButWhatIsListed(Size size) {
        var found = new StringBuilder();
        MEASURED.getOrDefault(size, Map.of())
                .forEach(
                        (name, measured) -> {
                            if (measured > size.max) {
                                found.append(name).append(' ').append(measured).append('\n');
                            }
                        });
        assertEquals(size.larger, found.toString());
    }
}

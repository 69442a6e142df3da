package dev.heddle.config;

import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A configuration file in YAML. Whatever is wrong with it becomes a fault, with the line where
/// there is one.
final class YamlFile {
    private static final int MAX_BYTES = 1 << 20;

    private final Path file;
    private final Values values;

    private YamlFile(Path file, Values values) {
        this.file = file;
        this.values = values;
    }

    static void read(Path file, Values values) {
        YamlFile yaml = new YamlFile(file, values);
        yaml.text().flatMap(yaml::compose).ifPresent(yaml::readRoot);
    }

    private Optional<String> text() {
        if (Files.isDirectory(file)) {
            return fault("is a directory");
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                return fault("is larger than " + Units.OF_SIZE.format(MAX_BYTES));
            }
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(buffer).toString());
        } catch (NoSuchFileException missing) {
            return fault("no such file");
        } catch (AccessDeniedException denied) {
            return fault("must not be read by this user");
        } catch (CharacterCodingException malformed) {
            return fault("is not UTF-8");
        } catch (IOException failure) {
            return fault("cannot be read: " + failure.getMessage());
        }
    }

    private Optional<Node> compose(String text) {
        String byteOrderMark = "\uFEFF";
        String yaml = text.startsWith(byteOrderMark) ? text.substring(1) : text;
        LoadSettings settings = LoadSettings.builder().setAllowNonScalarKeys(true).build();
        try {
            return new Compose(settings).composeString(yaml);
        } catch (MarkedYamlEngineException syntax) {
            Optional<Mark> mark = syntax.getProblemMark().or(syntax::getContextMark);
            return faultAt(mark.map(Mark::getLine).orElse(0), explain(syntax));
        } catch (ReaderException unprintable) {
            long lineFeeds =
                    yaml.codePoints()
                            .limit(unprintable.getPosition())
                            .filter(codePoint -> codePoint == '\n')
                            .count();
            return faultAt(lineFeeds, "a character that YAML does not allow");
        } catch (YamlEngineException unreadable) {
            return fault("is YAML that cannot be read: " + unreadable.getMessage());
        } catch (StackOverflowError tooDeep) {
            return fault("is nested too deeply");
        }
    }

    private static String explain(MarkedYamlEngineException syntax) {
        return Stream.of(syntax.getContext(), syntax.getProblem())
                .filter(text -> text != null && !text.isEmpty())
                .collect(Collectors.joining(": "));
    }

    private void readRoot(Node root) {
        readMap("", root, source(root), "must be a map of settings, such as port: 8080");
    }

    /// Reads the settings of a map. Groups may be maps in maps or names with dots. The source of
    /// what a name sets is the line of the name.
    ///
    /// @param otherwise the fault if the node is no map
    private void readMap(String prefix, Node node, String source, String otherwise) {
        switch (node) {
            case MappingNode map -> map.getValue().forEach(entry -> readEntry(prefix, entry));
            case ScalarNode nothing when isNull(nothing) -> {}
            default -> values.fault(source, otherwise);
        }
    }

    private void readEntry(String prefix, NodeTuple entry) {
        String source = source(entry.getKeyNode());
        if (!(entry.getKeyNode() instanceof ScalarNode scalar)) {
            values.fault(source, "the name of a setting must be plain text");
            return;
        }
        String name = prefix + scalar.getValue();
        Optional<Setting<?>> setting = SettingNames.find(name);
        if (setting.isPresent()) {
            readValue(setting.get(), entry.getValueNode(), source);
        } else if (SettingNames.isGroup(name)) {
            String otherwise = name + " must be a map of settings";
            readMap(name + '.', entry.getValueNode(), source, otherwise);
        } else {
            values.unknown("key", name, names(name), source);
        }
    }

    private void readValue(Setting<?> setting, Node value, String source) {
        boolean isList = setting.kind().isList();
        switch (value) {
            case ScalarNode nothing when isNull(nothing) ->
                    values.fault(source, setting.name() + " has no value");
            case ScalarNode scalar -> values.set(setting, scalar.getValue(), source);
            case SequenceNode list when isList && isPlain(list) ->
                    values.set(setting, joined(list), source);
            default -> {
                String taken = isList ? " takes a plain list" : " takes one value";
                values.fault(source, setting.name() + taken);
            }
        }
    }

    private static boolean isNull(ScalarNode scalar) {
        return scalar.getTag().equals(Tag.NULL);
    }

    private static boolean isPlain(SequenceNode list) {
        return list.getValue().stream().allMatch(ScalarNode.class::isInstance);
    }

    private static String joined(SequenceNode list) {
        return list.getValue().stream()
                .map(ScalarNode.class::cast)
                .map(ScalarNode::getValue)
                .collect(Collectors.joining(","));
    }

    /// The names that a map may have, those of groups too.
    private static Set<String> names(String near) {
        return Stream.concat(
                        SettingNames.near(near).stream(),
                        SettingsTable.all().stream().map(Setting::group))
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toSet());
    }

    private String source(Node node) {
        return source(node.getStartMark().map(Mark::getLine).orElse(0));
    }

    private String source(long line) {
        return file + ":" + (line + 1);
    }

    private <T> Optional<T> faultAt(long line, String text) {
        values.fault(source(line), Printable.of(text));
        return Optional.empty();
    }

    private <T> Optional<T> fault(String text) {
        values.fault(file.toString(), text);
        return Optional.empty();
    }
}

package dev.heddle.config;

import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The settings in a tree of YAML nodes. Groups may be maps in maps or names with dots. The source
/// of what a name sets is the line of the name.
///
/// @param file name of the file, as the operator gave it
record YamlTree(String file, Layer layer) {

    void read(Node root) {
        switch (root) {
            case MappingNode settings -> readMap("", settings);
            case ScalarNode nothing when isNull(nothing) -> {}
            default -> layer.fault(source(root), "must be a map of settings, such as port: 8080");
        }
    }

    private void readMap(String prefix, MappingNode map) {
        for (NodeTuple entry : map.getValue()) {
            if (entry.getKeyNode() instanceof ScalarNode name) {
                readEntry(prefix + name.getValue(), entry.getValueNode(), source(name));
            } else {
                layer.fault(source(entry.getKeyNode()), "the name of a setting must be plain text");
            }
        }
    }

    private void readEntry(String name, Node value, String source) {
        Keys.find(name)
                .ifPresentOrElse(
                        key -> readValue(key, value, source),
                        () -> {
                            if (Keys.isGroup(name)) {
                                readGroup(name, value, source);
                            } else {
                                layer.unknown("key", name, names(), source);
                            }
                        });
    }

    private void readGroup(String name, Node value, String source) {
        switch (value) {
            case MappingNode settings -> readMap(name + '.', settings);
            case ScalarNode nothing when isNull(nothing) -> {}
            default -> layer.fault(source, name + " must be a map of settings");
        }
    }

    private void readValue(Key<?> key, Node value, String source) {
        switch (value) {
            case ScalarNode nothing when isNull(nothing) ->
                    layer.fault(source, key.name() + " has no value");
            case ScalarNode scalar -> layer.set(key, scalar.getValue(), source);
            case SequenceNode list when key.kind().isList() && isPlain(list) ->
                    layer.set(key, joined(list), source);
            default ->
                    layer.fault(
                            source,
                            key.name()
                                    + (key.kind().isList()
                                            ? " takes a plain list"
                                            : " takes one value"));
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
    private static Set<String> names() {
        return Keys.all().stream()
                .flatMap(key -> Stream.of(key.name(), key.group()))
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toSet());
    }

    private String source(Node node) {
        int line = node.getStartMark().map(Mark::getLine).orElse(0);
        return file + ':' + (line + 1);
    }
}

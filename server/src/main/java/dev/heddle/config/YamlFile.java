package dev.heddle.config;

import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

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
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A configuration file on its way to a tree of YAML nodes. Whatever goes wrong becomes a fault of
/// the layer, with the line where there is one.
final class YamlFile {
    private static final int MAX_BYTES = 1 << 20;

    private final Path file;
    private final Layer layer;

    private YamlFile(Path file, Layer layer) {
        this.file = file;
        this.layer = layer;
    }

    static void read(Path file, Layer layer) {
        YamlFile yaml = new YamlFile(file, layer);
        yaml.text().flatMap(yaml::compose).ifPresent(new YamlTree(file.toString(), layer)::read);
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

    private <T> Optional<T> faultAt(long line, String text) {
        layer.fault(file + ":" + (line + 1), Printable.of(text));
        return Optional.empty();
    }

    private <T> Optional<T> fault(String text) {
        layer.fault(file.toString(), text);
        return Optional.empty();
    }
}

package dev.auditpolicy.policy.yaml;

import dev.auditpolicy.policy.FieldPath;
import dev.auditpolicy.policy.tree.BeyondLimitsException;
import dev.auditpolicy.policy.tree.DuplicateKey;
import dev.auditpolicy.policy.tree.JsonText;
import dev.auditpolicy.policy.tree.Limits;
import dev.auditpolicy.policy.tree.MalformedDocumentException;
import dev.auditpolicy.policy.tree.Position;
import dev.auditpolicy.policy.tree.Tree;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The first document of a text: JSON if the text begins with a brace, otherwise YAML.
 *
 * @param duplicates its repeated keys, if it is YAML
 * @param next where a second document with content begins; kube-apiserver ignores that
 */
public record Document(Tree root, List<DuplicateKey> duplicates, Optional<Position> next) {

    /**
     * Parses a text like kube-apiserver.
     *
     * @throws MalformedDocumentException if the text cannot be parsed, or exceeds the {@link Limits}
     */
    public static Document read(byte[] content) {
        if (content.length > Limits.MAX_BYTES) {
            throw new BeyondLimitsException("larger than " + Limits.MAX_BYTES + " bytes", Position.UNKNOWN);
        }
        String text = decode(content);
        if (text.stripLeading().startsWith("{")) {
            return new Document(JsonText.read(text), List.of(), Optional.empty());
        }
        YamlReader reader = new YamlReader(YamlTabs.asSpaces(withoutByteOrderMark(text)));
        Optional<YamlNode> node = reader.document();
        if (node.isEmpty()) {
            return new Document(new Tree.Null(Position.UNKNOWN), List.of(), Optional.empty());
        }
        YamlDecoder decoder = new YamlDecoder();
        Tree root = decoder.decode(node.get(), FieldPath.ROOT);
        return new Document(root, decoder.duplicates(), reader.next());
    }

    /** The value of a field as a document of its own, with the positions in the whole text. */
    public Document at(FieldPath path) {
        String prefix = path.text() + ".";
        List<DuplicateKey> inside = duplicates.stream()
                .filter(duplicate -> duplicate.path().text().startsWith(prefix))
                .map(duplicate -> new DuplicateKey(
                        new FieldPath(duplicate.path().text().substring(prefix.length())),
                        duplicate.name(),
                        duplicate.key(),
                        duplicate.value()))
                .toList();
        return new Document(value(path), inside, Optional.empty());
    }

    /** The value of a field; {@link Tree.Null} if it is absent. */
    public Tree value(FieldPath path) {
        List<Step> steps = resolve(path);
        return !steps.isEmpty() && steps.size() == path.steps().size()
                ? steps.getLast().value()
                : new Tree.Null(root.position());
    }

    /** The position of a field, or of the innermost enclosing object if the field is absent. */
    public Position position(FieldPath path) {
        List<Step> steps = resolve(path);
        return steps.isEmpty() ? root.position() : steps.getLast().position();
    }

    private record Step(Tree value, Position position) {}

    /** The fields and elements along a path, as far as they exist. */
    private List<Step> resolve(FieldPath path) {
        var steps = new ArrayList<Step>();
        Tree tree = root;
        for (String name : path.steps()) {
            Optional<Step> step = step(tree, name);
            if (step.isEmpty()) {
                break;
            }
            steps.add(step.get());
            tree = step.get().value();
        }
        return steps;
    }

    private static Optional<Step> step(Tree tree, String name) {
        return switch (tree) {
            case Tree.Fields object ->
                object.fields().reversed().stream()
                        .filter(field -> field.name().equals(name))
                        .map(field -> new Step(field.value(), field.position()))
                        .findFirst();
            case Tree.Items list
            when name.startsWith("[") -> {
                Tree item = list.items().get(Integer.parseInt(name.substring(1, name.length() - 1)));
                yield Optional.of(new Step(item, item.position()));
            }
            case Tree.Items _, Tree.Text _, Tree.Numeral _, Tree.Bool _, Tree.Null _ -> Optional.empty();
        };
    }

    private static String withoutByteOrderMark(String text) {
        return text.startsWith("\ufeff") ? text.substring(1) : text;
    }

    private static String decode(byte[] content) {
        ByteBuffer bytes = ByteBuffer.wrap(content);
        try {
            return charset(content).newDecoder().decode(bytes).toString();
        } catch (CharacterCodingException e) {
            throw new MalformedDocumentException("yaml: not valid UTF-8", line(content, bytes.position()), e);
        }
    }

    private static Position line(byte[] content, int end) {
        long before =
                IntStream.range(0, end).filter(index -> content[index] == '\n').count();
        return new Position((int) before + 1, 1);
    }

    /** UTF-16 only with a byte order mark, like libyaml. */
    private static Charset charset(byte[] content) {
        if (content.length >= 2 && content[0] == (byte) 0xff && content[1] == (byte) 0xfe) {
            return StandardCharsets.UTF_16LE;
        }
        if (content.length >= 2 && content[0] == (byte) 0xfe && content[1] == (byte) 0xff) {
            return StandardCharsets.UTF_16BE;
        }
        return StandardCharsets.UTF_8;
    }
}

package dev.auditpolicy.policy;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * The first document of a text, which is JSON if it begins with a brace and YAML otherwise.
 *
 * @param duplicates the keys that it has more than once, if it is YAML
 * @param next where a second document begins, which kube-apiserver does not look at
 */
record Document(Tree root, List<DuplicateKey> duplicates, Optional<Position> next) {

    /**
     * Reads a text as kube-apiserver does.
     *
     * @throws MalformedDocumentException if it is not a document, or beyond the {@link Limits}
     */
    static Document read(byte[] content) {
        if (content.length > Limits.MAX_BYTES) {
            throw new MalformedDocumentException(
                    "larger than " + Limits.MAX_BYTES + " bytes: " + content.length, Position.UNKNOWN);
        }
        String text = decode(content);
        if (text.stripLeading().startsWith("{")) {
            return new Document(JsonText.read(text), List.of(), Optional.empty());
        }
        YamlReader reader = new YamlReader(withoutByteOrderMark(text));
        Optional<YamlNode> node = reader.document();
        if (node.isEmpty()) {
            return new Document(new Tree.Null(Position.UNKNOWN), List.of(), Optional.empty());
        }
        YamlDecoder decoder = new YamlDecoder();
        Tree root = decoder.decode(node.get(), FieldPath.ROOT);
        return new Document(root, decoder.duplicates(), reader.next());
    }

    /** Where a field stands, or if it is not there, the nearest object around it. */
    Position position(FieldPath path) {
        Tree tree = root;
        Position position = root.position();
        for (String step : path.steps()) {
            Optional<Tree.Field> field = field(tree, step);
            Optional<Tree> item = item(tree, step);
            if (field.isEmpty() && item.isEmpty()) {
                break;
            }
            tree = field.map(Tree.Field::value).or(() -> item).orElseThrow();
            position = field.map(Tree.Field::position).orElse(tree.position());
        }
        return position;
    }

    private static Optional<Tree.Field> field(Tree tree, String name) {
        return tree instanceof Tree.Fields object
                ? object.fields().reversed().stream()
                        .filter(field -> field.name().equals(name))
                        .findFirst()
                : Optional.empty();
    }

    private static Optional<Tree> item(Tree tree, String step) {
        return tree instanceof Tree.Items list && step.startsWith("[")
                ? Optional.of(list.items().get(Integer.parseInt(step.substring(1, step.length() - 1))))
                : Optional.empty();
    }

    private static String withoutByteOrderMark(String text) {
        return text.startsWith("\ufeff") ? text.substring(1) : text;
    }

    private static String decode(byte[] content) {
        try {
            return charset(content)
                    .newDecoder()
                    .decode(ByteBuffer.wrap(content))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new MalformedDocumentException("yaml: not valid UTF-8", Position.UNKNOWN, e);
        }
    }

    /** UTF-16 only with a byte order mark, as libyaml has it. */
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

package dev.auditpolicy.manifest.yaml;

import java.util.List;
import java.util.stream.IntStream;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.nodes.CollectionNode;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * The text of a manifest, and the positions of its nodes and lines.
 *
 * <p>Every line of {@link #content} ends with a line break: the constructor adds a missing one at the end of the file, and
 * {@link #restored} removes it again.
 */
public final class YamlText {
    private final String content;
    private final String missingBreak;

    YamlText(String original) {
        this.missingBreak = original.endsWith("\n") ? "" : firstBreak(original);
        this.content = original + missingBreak;
    }

    public String content() {
        return content;
    }

    /** The text as it was read. */
    public String original() {
        return restored(content);
    }

    /** The text of a node, without the comment after it. */
    public String of(Node node) {
        return content.substring(start(node), end(node));
    }

    /** The lines of a node from its first character, without the indentation that they share with it. */
    public List<String> withoutIndentation(Node node) {
        var column = before(node).length();
        var lines =
                content.substring(startOfLines(node), endOfLines(node)).lines().toList();
        return IntStream.range(0, lines.size())
                .mapToObj(index -> index == 0
                        ? lines.get(index).substring(column)
                        : lines.get(index).replaceFirst("^ {0," + column + "}", ""))
                .toList();
    }

    /** The edited text with the original's end of file. */
    public String restored(String edited) {
        return edited.substring(0, edited.length() - missingBreak.length());
    }

    /** The line break of the first line. */
    public String lineBreak() {
        return firstBreak(content);
    }

    private static String firstBreak(String text) {
        var first = text.indexOf('\n');
        return first > 0 && text.charAt(first - 1) == '\r' ? "\r\n" : "\n";
    }

    public int start(Node node) {
        return position(node.getStartMark());
    }

    /** The position after the node's text, which excludes trailing comments and line breaks. */
    public int end(Node node) {
        if (node instanceof CollectionNode<?> collection && !isFlow(collection)) {
            return end(last(collection));
        }
        var end = position(node.getEndMark());
        if (node instanceof ScalarNode scalar && isBlock(scalar)) {
            while (end > 0 && Character.isWhitespace(content.charAt(end - 1))) {
                end--;
            }
        }
        return end;
    }

    int lineStart(int position) {
        return content.lastIndexOf('\n', position - 1) + 1;
    }

    /** The position after the line break of the line that contains {@code position}. */
    int lineEnd(int position) {
        return content.indexOf('\n', position) + 1;
    }

    public int startOfLines(Node node) {
        return lineStart(start(node));
    }

    public int endOfLines(Node node) {
        return lineEnd(end(node));
    }

    /** The numbers, from 0, of all lines of a node. */
    public List<Integer> lineNumbers(Node node) {
        return lineNumbers(startOfLines(node), endOfLines(node));
    }

    /** The numbers, from 0, of the lines between the starts of two lines. */
    public List<Integer> lineNumbers(int start, int end) {
        var first = lineBreaks(0, start);
        return IntStream.range(first, first + lineBreaks(start, end)).boxed().toList();
    }

    private int lineBreaks(int start, int end) {
        return (int)
                content.substring(start, end).chars().filter(c -> c == '\n').count();
    }

    /** The text before the node on its line. */
    public String before(Node node) {
        return content.substring(startOfLines(node), start(node));
    }

    public static boolean isFlow(CollectionNode<?> node) {
        return node.getFlowStyle() == FlowStyle.FLOW;
    }

    public static boolean isBlock(ScalarNode node) {
        return node.getScalarStyle() == ScalarStyle.LITERAL || node.getScalarStyle() == ScalarStyle.FOLDED;
    }

    private static Node last(CollectionNode<?> node) {
        return switch (node) {
            case MappingNode mapping -> mapping.getValue().getLast().getValueNode();
            case SequenceNode sequence -> sequence.getValue().getLast();
            default -> throw new IllegalStateException("neither a mapping nor a sequence: " + node.getNodeId());
        };
    }

    /** SnakeYAML counts code points. */
    private int position(Mark mark) {
        return content.offsetByCodePoints(0, mark.getIndex());
    }
}

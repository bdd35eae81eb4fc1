package dev.auditpolicy.manifest.yaml;

import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.nodes.CollectionNode;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * The text of a manifest with the places of its nodes and lines.
 *
 * <p>Every line of {@link #content} ends with a line break: one that is missing at the end of the file is added, and
 * taken away again by {@link #restored}, so that nobody else has to know about a last line without one.
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

    /** {@code edited} with an end like the original's. */
    public String restored(String edited) {
        return edited.substring(0, edited.length() - missingBreak.length());
    }

    /** The line break of the file: that of its first line. */
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

    /** Behind the last character of the node's own text; trailing comments and line breaks are not part of it. */
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

    /** Behind the line break of the line that {@code position} is in. */
    int lineEnd(int position) {
        return content.indexOf('\n', position) + 1;
    }

    public int startOfLines(Node node) {
        return lineStart(start(node));
    }

    public int endOfLines(Node node) {
        return lineEnd(end(node));
    }

    /** What stands before the node on its line. */
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

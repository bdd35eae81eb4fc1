package dev.auditpolicy.cli;

import dev.auditpolicy.policy.tree.Tree;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A text in a field of an object. If it is a literal block, which is how kubectl writes a text of several lines, its lines are
 * lines of the file, and findings have their numbers. Otherwise it is a file of its own, named after the field.
 */
final class ContainedText {

    private ContainedText() {}

    /**
     * The text as an input.
     *
     * @param path the field, such as {@code data.policy.yaml}
     * @param value the value of the field
     * @param text the same, decoded
     */
    static Input in(Input file, String path, Tree.Text value, String text) {
        List<String> lines =
                new String(file.content(), StandardCharsets.UTF_8).lines().toList();
        List<String> block = text.lines().toList();
        int start = value.position().line();
        boolean isBlock = text.equals(value.value())
                && start >= 1
                && start + block.size() <= lines.size()
                && !text.startsWith("{")
                && block.stream().noneMatch(ContainedText::isMarker)
                && isIndented(lines.subList(start, start + block.size()), block);
        return isBlock
                ? input(file, file.name(), "\n".repeat(start) + join(lines.subList(start, start + block.size())))
                : input(file, file.name() + " (" + path + ")", text);
    }

    /** At the start of a line only, which it no longer is with an indentation. */
    private static boolean isMarker(String line) {
        return line.startsWith("---") || line.startsWith("...") || line.startsWith("%") || line.startsWith("\t");
    }

    private static boolean isIndented(List<String> lines, List<String> block) {
        int indentation = block.isEmpty()
                ? -1
                : lines.getFirst().length() - block.getFirst().length();
        for (int index = 0; index < block.size(); index++) {
            String expected = block.get(index).isBlank() ? "" : " ".repeat(Math.max(0, indentation)) + block.get(index);
            if (indentation < 0 || !lines.get(index).stripTrailing().equals(expected.stripTrailing())) {
                return false;
            }
        }
        return !block.isEmpty();
    }

    private static String join(List<String> lines) {
        return String.join("\n", lines) + "\n";
    }

    private static Input input(Input file, String name, String content) {
        return new Input(name, content.getBytes(StandardCharsets.UTF_8), file.readAt(), null, true);
    }
}

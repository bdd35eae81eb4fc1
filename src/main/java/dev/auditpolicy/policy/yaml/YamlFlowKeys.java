package dev.auditpolicy.policy.yaml;

import dev.auditpolicy.policy.tree.MalformedDocumentException;
import dev.auditpolicy.policy.tree.Position;
import java.util.Optional;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.events.ScalarEvent;

/**
 * Handles a colon directly before one of <code>, ] } [ {</code> in flow style. SnakeYAML ends a key there; for go-yaml the
 * colon is part of a plain scalar, so <code>[a:]</code> is a list of one string, and <code>{a:[b]}</code> lacks a comma.
 */
final class YamlFlowKeys {

    private static final String ENDS = ",]}";
    private static final String STARTS = "[{";

    private final int[] codePoints;

    /** Takes the text as code points, the unit of an event's marks. */
    YamlFlowKeys(int[] codePoints) {
        this.codePoints = codePoints;
    }

    /**
     * The plain scalar that go-yaml reads where SnakeYAML reads a key.
     *
     * @return empty if both read a key
     * @throws MalformedDocumentException if go-yaml rejects the text that follows
     */
    Optional<String> scalar(ScalarEvent key, Position position) {
        int colon = key.getEndMark().getIndex();
        while (at(colon) == ' ') {
            colon++;
        }
        if (key.getScalarStyle() != ScalarStyle.PLAIN || at(colon) != ':') {
            return Optional.empty();
        }
        if (STARTS.indexOf(at(colon + 1)) >= 0) {
            throw new MalformedDocumentException(
                    "yaml: line " + position.line() + ": did not find expected ',' after '" + source(key, colon + 1)
                            + "': write a space after the colon",
                    position);
        }
        return ENDS.indexOf(at(colon + 1)) >= 0 ? Optional.of(source(key, colon + 1)) : Optional.empty();
    }

    private String source(ScalarEvent key, int end) {
        int start = key.getStartMark().getIndex();
        return new String(codePoints, start, end - start);
    }

    private int at(int index) {
        return index < codePoints.length ? codePoints[index] : 0;
    }
}

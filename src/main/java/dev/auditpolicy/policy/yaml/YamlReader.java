package dev.auditpolicy.policy.yaml;

import dev.auditpolicy.policy.tree.BeyondLimitsException;
import dev.auditpolicy.policy.tree.Limits;
import dev.auditpolicy.policy.tree.MalformedDocumentException;
import dev.auditpolicy.policy.tree.Position;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.events.SequenceStartEvent;
import org.yaml.snakeyaml.parser.Parser;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;

/** Reads the nodes of the first document of a YAML text. Like kube-apiserver, it ignores the others. */
final class YamlReader {

    /** go-yaml's anchor names; SnakeYAML accepts almost any character. */
    private static final Pattern ANCHOR = Pattern.compile("[0-9A-Za-z_-]+");

    private final String text;

    /** The text as code points, the unit of an event's marks. */
    private final int[] codePoints;

    private final YamlFlowKeys flowKeys;
    private final Parser parser;
    private final Map<String, YamlNode.Anchor> anchors = new HashMap<>();

    YamlReader(String text) {
        this.text = text;
        codePoints = text.codePoints().toArray();
        flowKeys = new YamlFlowKeys(codePoints);
        var options = new LoaderOptions();
        options.setCodePointLimit(Limits.MAX_BYTES);
        parser = new ParserImpl(new StreamReader(text), options);
    }

    /**
     * Reads the first document.
     *
     * @return empty if there is none
     * @throws MalformedDocumentException if it is not YAML
     */
    Optional<YamlNode> document() {
        try {
            YamlDirectives.check(text);
            parser.getEvent();
            if (!parser.checkEvent(Event.ID.DocumentStart)) {
                return Optional.empty();
            }
            parser.getEvent();
            YamlNode root = node(0);
            Mark end = parser.getEvent().getStartMark();
            YamlDirectives.checkAt(text, text.offsetByCodePoints(0, end.getIndex()), end.getLine() + 1);
            return Optional.of(root);
        } catch (MarkedYAMLException e) {
            Mark mark = e.getProblemMark() == null ? e.getContextMark() : e.getProblemMark();
            Position position = position(mark);
            String problem = e.getProblem() == null ? e.getContext() : e.getProblem();
            throw new MalformedDocumentException("yaml: line " + position.line() + ": " + problem, position, e);
        } catch (YAMLException e) {
            throw new MalformedDocumentException("yaml: " + e.getMessage(), Position.UNKNOWN, e);
        }
    }

    /** Where the next document with content begins; empty if there is none. */
    Optional<Position> next() {
        try {
            while (parser.checkEvent(Event.ID.DocumentStart)) {
                Mark start = parser.getEvent().getStartMark();
                if (!isEmptyScalar(parser.getEvent())) {
                    return Optional.of(position(start));
                }
                parser.getEvent();
            }
            return Optional.empty();
        } catch (YAMLException e) {
            return Optional.empty();
        }
    }

    /** What follows a trailing {@code ---}. */
    private static boolean isEmptyScalar(Event content) {
        return content instanceof ScalarEvent scalar && scalar.getValue().isEmpty() && scalar.isPlain();
    }

    private YamlNode node(int depth) {
        Event event = parser.getEvent();
        Position position = position(event.getStartMark());
        if (depth > Limits.MAX_DEPTH) {
            throw new BeyondLimitsException("nested deeper than " + Limits.MAX_DEPTH + " levels", position);
        }
        checkAnchor((NodeEvent) event, position);
        if (event instanceof AliasEvent alias) {
            YamlNode.Anchor anchor = anchors.get(alias.getAnchor());
            if (anchor == null) {
                throw new MalformedDocumentException(
                        "yaml: unknown anchor '" + alias.getAnchor() + "' referenced", position);
            }
            return new YamlNode.Alias(anchor, position);
        }
        YamlNode.Anchor anchor = anchor((NodeEvent) event);
        YamlNode node =
                switch (event) {
                    case ScalarEvent scalar -> scalar(scalar, position);
                    case SequenceStartEvent start -> sequence(depth, position);
                    case MappingStartEvent start -> mapping(start, depth, position);
                    default -> throw new IllegalStateException("no node begins with " + event);
                };
        anchor.bind(node);
        return node;
    }

    private String source(Event event) {
        int start = event.getStartMark().getIndex();
        return new String(codePoints, start, event.getEndMark().getIndex() - start);
    }

    private static void checkAnchor(NodeEvent event, Position position) {
        if (event.getAnchor() != null && !ANCHOR.matcher(event.getAnchor()).matches()) {
            throw new MalformedDocumentException(
                    "yaml: line " + position.line() + ": did not find expected alphabetic or numeric character",
                    position);
        }
    }

    private YamlNode.Anchor anchor(NodeEvent event) {
        String name = event.getAnchor();
        var anchor = new YamlNode.Anchor(name == null ? "" : name);
        if (name != null) {
            anchors.put(name, anchor);
        }
        return anchor;
    }

    private YamlNode scalar(ScalarEvent event, Position position) {
        if (event.isDQuoted() && YamlEscapes.hasSurrogate(source(event))) {
            throw new MalformedDocumentException(
                    "yaml: line " + position.line() + ": found invalid Unicode character escape code", position);
        }
        String tag = event.getTag() == null ? "" : event.getTag();
        return new YamlNode.Scalar(event.getValue(), tag, event.getImplicit().canOmitTagInPlainScalar(), position);
    }

    private YamlNode sequence(int depth, Position position) {
        var items = new ArrayList<YamlNode>();
        while (!parser.checkEvent(Event.ID.SequenceEnd)) {
            items.add(node(depth + 1));
        }
        parser.getEvent();
        return new YamlNode.Sequence(items, position);
    }

    private YamlNode mapping(MappingStartEvent start, int depth, Position position) {
        var pairs = new ArrayList<YamlNode.Pair>();
        while (!parser.checkEvent(Event.ID.MappingEnd)) {
            Optional<YamlNode> scalar = start.isFlow() ? scalarForKey() : Optional.empty();
            YamlNode key = node(depth + 1);
            pairs.add(new YamlNode.Pair(scalar.orElse(key), node(depth + 1)));
            if (scalar.isPresent() && codePoints[start.getStartMark().getIndex()] != '{') {
                // SnakeYAML wraps a pair in a flow list in a mapping without braces.
                parser.getEvent();
                return scalar.get();
            }
        }
        parser.getEvent();
        return new YamlNode.Mapping(pairs, position);
    }

    private Optional<YamlNode> scalarForKey() {
        Event key = parser.peekEvent();
        Position position = position(key.getStartMark());
        return key instanceof ScalarEvent scalar
                ? flowKeys.scalar(scalar, position).map(text -> new YamlNode.Scalar(text, "", true, position))
                : Optional.empty();
    }

    private static Position position(@Nullable Mark mark) {
        return mark == null ? Position.UNKNOWN : new Position(mark.getLine() + 1, mark.getColumn() + 1);
    }
}

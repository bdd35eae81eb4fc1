package dev.auditpolicy.policy.yaml;

import dev.auditpolicy.policy.tree.Limits;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.reader.StreamReader;
import org.yaml.snakeyaml.scanner.Scanner;
import org.yaml.snakeyaml.scanner.ScannerImpl;
import org.yaml.snakeyaml.tokens.ScalarToken;
import org.yaml.snakeyaml.tokens.Token;

/**
 * Replaces tabs between two tokens. SnakeYAML rejects all of them. go-yaml skips them like spaces where neither indentation
 * nor a key can begin: in flow style, and on a line after anything but {@code -}, {@code ?} and a lone {@code :}.
 */
final class YamlTabs {

    /** The limit on scanned characters: each tab costs two scans of the text before it. */
    private static final long MAX_SCANNED = 8L * Limits.MAX_BYTES;

    /** SnakeYAML has one exception type for all errors of its scanner, so these compare its message. */
    private static final String AT_A_TOKEN = "that cannot start any token";

    /** A tab after a tag or after the header of a block scalar always is a separator. */
    private static final List<String> WITHIN_A_TOKEN = List.of(
            "expected ' ', but found",
            "expected chomping or indentation indicators, but found",
            "expected a comment or a line break, but found");

    private final int[] codePoints;
    private long scanned;

    private YamlTabs(String text) {
        codePoints = text.codePoints().toArray();
    }

    /** The text with each tab that go-yaml skips replaced by a space. */
    static String asSpaces(String text) {
        return text.indexOf('\t') < 0 ? text : new YamlTabs(text).asSpaces();
    }

    private String asSpaces() {
        Optional<MarkedYAMLException> error = error();
        while (error.isPresent() && isSeparator(error.get())) {
            for (int i = error.get().getProblemMark().getIndex(); isBlank(i); i++) {
                codePoints[i] = ' ';
            }
            error = scanned < MAX_SCANNED ? error() : Optional.empty();
        }
        return text(codePoints.length);
    }

    private boolean isBlank(int index) {
        return index < codePoints.length && (codePoints[index] == '\t' || codePoints[index] == ' ');
    }

    /** The error at which SnakeYAML's scanner stops. */
    private Optional<MarkedYAMLException> error() {
        try {
            Scanner scanner = scanner(codePoints.length);
            while (!scanner.checkToken(Token.ID.StreamEnd)) {
                scanner.getToken();
            }
            return Optional.empty();
        } catch (MarkedYAMLException e) {
            return Optional.of(e);
        } catch (YAMLException _) {
            return Optional.empty();
        }
    }

    private boolean isSeparator(MarkedYAMLException error) {
        Mark mark = error.getProblemMark();
        if (mark == null || mark.getIndex() >= codePoints.length || codePoints[mark.getIndex()] != '\t') {
            return false;
        }
        String problem = String.valueOf(error.getProblem());
        return WITHIN_A_TOKEN.stream().anyMatch(problem::contains)
                || (problem.contains(AT_A_TOKEN) && isSeparator(mark));
    }

    /** Decides by the tokens before the tab. */
    private boolean isSeparator(Mark tab) {
        try {
            Scanner scanner = scanner(tab.getIndex());
            var indents = new ArrayDeque<Integer>(List.of(0));
            int indent = 0;
            int flow = 0;
            Token last = scanner.getToken();
            while (!scanner.checkToken(Token.ID.StreamEnd)) {
                Token token = scanner.getToken();
                flow += flowDepthChange(token);
                switch (token.getTokenId()) {
                    case BlockEnd -> indents.pop();
                    case BlockMappingStart, BlockSequenceStart ->
                        indents.push(token.getStartMark().getColumn() + 1);
                    default -> {
                        last = token;
                        indent = indents.element();
                    }
                }
            }
            boolean sameLine = last.getEndMark().getLine() == tab.getLine();
            return flow > 0
                    ? sameLine || !isPlain(last) || tab.getColumn() >= indent
                    : sameLine && isFollowedByBlanks(last);
        } catch (YAMLException _) {
            return false;
        }
    }

    /** A plain scalar may continue on the next line, where go-yaml requires indentation. */
    private static boolean isPlain(Token token) {
        return token instanceof ScalarToken scalar && scalar.getPlain();
    }

    private static int flowDepthChange(Token token) {
        return switch (token.getTokenId()) {
            case FlowSequenceStart, FlowMappingStart -> 1;
            case FlowSequenceEnd, FlowMappingEnd -> -1;
            default -> 0;
        };
    }

    private boolean isFollowedByBlanks(Token token) {
        return switch (token.getTokenId()) {
            case Alias, Anchor, Tag, FlowSequenceEnd, FlowMappingEnd, DocumentStart -> true;
            case Scalar ->
                ((ScalarToken) token).getStyle() != ScalarStyle.LITERAL
                        && ((ScalarToken) token).getStyle() != ScalarStyle.FOLDED;
            case Value -> hasKeyOnItsLine(token.getStartMark());
            default -> false;
        };
    }

    private boolean hasKeyOnItsLine(Mark colon) {
        if (colon.getColumn() > 0 && !isBlank(colon.getIndex() - 1)) {
            return true;
        }
        for (int i = colon.getIndex() - 1; i >= colon.getIndex() - colon.getColumn(); i--) {
            if (!isBlank(i) && codePoints[i] != '-' && codePoints[i] != '?') {
                return true;
            }
        }
        return false;
    }

    private Scanner scanner(int length) {
        scanned += length;
        var options = new LoaderOptions();
        options.setCodePointLimit(Limits.MAX_BYTES);
        return new ScannerImpl(new StreamReader(text(length)), options);
    }

    private String text(int length) {
        return new String(codePoints, 0, length);
    }
}

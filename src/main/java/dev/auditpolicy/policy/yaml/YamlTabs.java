package dev.auditpolicy.policy.yaml;

import dev.auditpolicy.policy.tree.Limits;
import java.util.ArrayDeque;
import java.util.Deque;
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
 * Tabs between two tokens. go-yaml skips them like spaces where neither indentation nor a key can begin: in flow style, and
 * on a line after anything but {@code -}, {@code ?} and a {@code :} that stands alone. SnakeYAML refuses them all.
 */
final class YamlTabs {

    /** Each tab costs two scans of the text up to it. */
    private static final long MOST_SCANNED = 8L * Limits.MAX_BYTES;

    private static final String AT_A_TOKEN = "that cannot start any token";

    /** After a tag, and after the header of a block scalar, any tab is a separator. */
    private static final List<String> WITHIN_A_TOKEN = List.of(
            "expected ' ', but found",
            "expected chomping or indentation indicators, but found",
            "expected a comment or a line break, but found");

    private final int[] codePoints;
    private long scanned;

    private YamlTabs(String text) {
        codePoints = text.codePoints().toArray();
    }

    /** The text with spaces for the tabs that go-yaml takes for such, each in the same place. */
    static String asSpaces(String text) {
        return text.indexOf('\t') < 0 ? text : new YamlTabs(text).asSpaces();
    }

    private String asSpaces() {
        Optional<MarkedYAMLException> refusal = refusal();
        while (refusal.isPresent() && isSeparator(refusal.get())) {
            for (int i = refusal.get().getProblemMark().getIndex(); isBlank(i); i++) {
                codePoints[i] = ' ';
            }
            refusal = scanned < MOST_SCANNED ? refusal() : Optional.empty();
        }
        return text(codePoints.length);
    }

    private boolean isBlank(int index) {
        return index < codePoints.length && (codePoints[index] == '\t' || codePoints[index] == ' ');
    }

    /** What SnakeYAML's scanner stops at. */
    private Optional<MarkedYAMLException> refusal() {
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

    private boolean isSeparator(MarkedYAMLException refusal) {
        Mark mark = refusal.getProblemMark();
        if (mark == null || mark.getIndex() >= codePoints.length || codePoints[mark.getIndex()] != '\t') {
            return false;
        }
        String problem = String.valueOf(refusal.getProblem());
        return WITHIN_A_TOKEN.stream().anyMatch(problem::contains)
                || (problem.contains(AT_A_TOKEN) && isSeparator(mark));
    }

    /** Asks the tokens before it. */
    private boolean isSeparator(Mark tab) {
        try {
            Scanner scanner = scanner(tab.getIndex());
            Deque<Integer> indents = new ArrayDeque<>(List.of(0));
            int indent = 0;
            int flow = 0;
            Token last = scanner.getToken();
            while (!scanner.checkToken(Token.ID.StreamEnd)) {
                Token token = scanner.getToken();
                flow += opened(token);
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

    /** On the next line, it may go on: there go-yaml wants it to be indented. */
    private static boolean isPlain(Token token) {
        return token instanceof ScalarToken scalar && scalar.getPlain();
    }

    private static int opened(Token token) {
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
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(Limits.MAX_BYTES);
        return new ScannerImpl(new StreamReader(text(length)), options);
    }

    private String text(int length) {
        return new String(codePoints, 0, length);
    }
}

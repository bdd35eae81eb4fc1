package dev.auditpolicy.policy.yaml;

import dev.auditpolicy.policy.tree.MalformedDocumentException;
import dev.auditpolicy.policy.tree.Position;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** go-yaml knows two directives and refuses any other; SnakeYAML ignores what it does not know. */
final class YamlDirectives {

    private static final Pattern BEFORE_CONTENT = Pattern.compile("\\A(?:[ \\t]*(?:#.*)?\\R|%.*\\R)*+");

    private static final Pattern DIRECTIVE = Pattern.compile("(?m)^%(\\S*)(.*)$");

    private static final Pattern VERSION_1_1 = Pattern.compile("[ \\t]+1\\.1[ \\t]*(?:#.*)?\\r?");

    private YamlDirectives() {}

    /**
     * Checks the directives before the first document.
     *
     * @throws MalformedDocumentException if go-yaml refuses one
     */
    static void check(String text) {
        Matcher before = BEFORE_CONTENT.matcher(text);
        if (before.lookingAt()) {
            Matcher directives = DIRECTIVE.matcher(before.group());
            while (directives.find()) {
                check(directives, lineOf(text, directives.start()));
            }
        }
    }

    /** Checks the directive that ends a document at this place, if it is one that does. */
    static void checkAt(String text, int index, int line) {
        Matcher directive = DIRECTIVE.matcher(text);
        if (directive.find(index) && directive.start() == index) {
            check(directive, line);
        }
    }

    private static void check(Matcher directive, int line) {
        boolean version = directive.group(1).equals("YAML");
        if (!version && !directive.group(1).equals("TAG")) {
            throw refusal("found unknown directive name", line);
        }
        if (version && !VERSION_1_1.matcher(directive.group(2)).matches()) {
            throw refusal("found incompatible YAML document", line);
        }
    }

    private static MalformedDocumentException refusal(String problem, int line) {
        return new MalformedDocumentException("yaml: line " + line + ": " + problem, new Position(line, 1));
    }

    private static int lineOf(String text, int index) {
        return 1
                + (int) text.substring(0, index)
                        .chars()
                        .filter(character -> character == '\n')
                        .count();
    }
}

package dev.auditpolicy.policy.yaml;

import dev.auditpolicy.policy.tree.MalformedDocumentException;
import dev.auditpolicy.policy.tree.Position;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Checks directives: go-yaml supports two and rejects all others, while SnakeYAML ignores unknown ones. */
final class YamlDirectives {

    private static final Pattern BEFORE_CONTENT = Pattern.compile("\\A(?:[ \\t]*(?:#.*)?\\R|%.*\\R)*+");

    private static final Pattern DIRECTIVE = Pattern.compile("(?m)^%(\\S*)(.*)$");

    private static final Pattern VERSION_1_1 = Pattern.compile("[ \\t]+1\\.1[ \\t]*(?:#.*)?\\r?");

    private YamlDirectives() {}

    /**
     * Checks the directives before the first document.
     *
     * @throws MalformedDocumentException if go-yaml rejects one
     */
    static void check(String text) {
        var before = BEFORE_CONTENT.matcher(text);
        if (before.lookingAt()) {
            var directives = DIRECTIVE.matcher(before.group());
            while (directives.find()) {
                check(directives, lineOf(text, directives.start()));
            }
        }
    }

    /** Checks the directive at this index, if there is one: it ends the document before it. */
    static void checkAt(String text, int index, int line) {
        var directive = DIRECTIVE.matcher(text);
        if (directive.find(index) && directive.start() == index) {
            check(directive, line);
        }
    }

    private static void check(Matcher directive, int line) {
        boolean version = directive.group(1).equals("YAML");
        if (!version && !directive.group(1).equals("TAG")) {
            throw error("found unknown directive name", line);
        }
        if (version && !VERSION_1_1.matcher(directive.group(2)).matches()) {
            throw error("found incompatible YAML document", line);
        }
    }

    private static MalformedDocumentException error(String problem, int line) {
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

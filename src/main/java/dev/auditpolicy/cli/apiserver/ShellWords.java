package dev.auditpolicy.cli.apiserver;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Divides a line of a shell into words. Only what manifests contain: quotes, escapes, operators and redirections; variables stay
 * as they are.
 */
final class ShellWords {

    /** A word with its quoted parts, an operator, or a redirection. */
    private static final Pattern TOKEN = Pattern.compile(
            "\\\\\\n|(?<operator>[0-9]*(?:>>|>&|<&|<|>)|&&|\\|\\||[;&|\\n])"
                    + "|(?<word>(?:'[^']*'|\"(?:\\\\.|[^\"\\\\])*\"|\\\\.|[^\\s;&|<>'\"\\\\])+)",
            Pattern.DOTALL);

    private static final Pattern PART =
            Pattern.compile("'([^']*)'|\"((?:\\\\.|[^\"\\\\])*)\"|\\\\(.)|([^'\"\\\\]+)", Pattern.DOTALL);

    private ShellWords() {}

    /** The words up to the end of the command that has the last flag; an operator or redirection ends a command. */
    static List<Argument> of(Argument line) {
        List<Argument> words = new ArrayList<>();
        Matcher tokens = TOKEN.matcher(line.text());
        while (tokens.find()) {
            String operator = tokens.group("operator");
            if (operator != null && words.stream().anyMatch(word -> word.text().startsWith("--"))) {
                break;
            }
            if (tokens.group("word") != null) {
                words.add(new Argument(unquoted(tokens.group("word")), line.position()));
            }
        }
        return words;
    }

    private static String unquoted(String word) {
        StringBuilder text = new StringBuilder();
        Matcher parts = PART.matcher(word);
        while (parts.find()) {
            if (parts.group(1) != null) {
                text.append(parts.group(1));
            } else if (parts.group(2) != null) {
                text.append(parts.group(2).replaceAll("\\\\([\"\\\\$`])", "$1"));
            } else if (parts.group(3) != null) {
                text.append(parts.group(3));
            } else {
                text.append(parts.group(4));
            }
        }
        return text.toString();
    }
}

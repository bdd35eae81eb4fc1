package dev.auditpolicy.unit.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One command of {@code ExecStart=}, as {@code config_parse_exec} of systemd reads it. Its words are unquoted; specifiers such
 * as {@code %i} and variables such as {@code ${NAME}} are not expanded.
 *
 * @param prefixes the characters before the path, such as {@code -} or {@code @}
 * @param path the program
 * @param words its arguments; with the prefix {@code @}, the first is the name by which it is called
 */
public record ExecLine(String prefixes, String path, List<String> words) {

    /** {@code |} is of systemd 257. */
    private static final String PREFIXES = "-@:+!|";

    private static final String NEXT_LINE = " \\\n    ";

    public ExecLine {
        words = List.copyOf(words);
    }

    /**
     * The commands of one value; several if semicolons separate them.
     *
     * @throws UnitSyntaxException if systemd would not load a unit with it
     */
    public static List<ExecLine> parse(String value) throws UnitSyntaxException {
        var reader = new WordReader(value);
        var commands = new ArrayList<ExecLine>();
        while (!reader.isAtEnd()) {
            var first = first(reader);
            if (first.isEmpty()) {
                break;
            }
            commands.add(command(first.get(), reader));
        }
        if (commands.isEmpty()) {
            throw new UnitSyntaxException("has no command that systemd reads");
        }
        return List.copyOf(commands);
    }

    /** Empty if systemd reports an error and ignores this command and the rest. */
    private static Optional<String> first(WordReader reader) {
        try {
            return reader.skip(";") ? Optional.empty() : reader.next();
        } catch (UnitSyntaxException ignored) {
            return Optional.empty();
        }
    }

    private static ExecLine command(String first, WordReader reader) throws UnitSyntaxException {
        var start = 0;
        while (start < first.length() && PREFIXES.indexOf(first.charAt(start)) >= 0) {
            start++;
        }
        var path = first.substring(start);
        if (path.isEmpty()) {
            throw new UnitSyntaxException("has a command without a program");
        }
        var words = new ArrayList<String>();
        while (!reader.isAtEnd() && !reader.skip(";")) {
            words.add(reader.skip("\\;") ? ";" : reader.next().orElseThrow());
        }
        if (first.substring(0, start).contains("@") && words.isEmpty()) {
            throw new UnitSyntaxException("has a command without the name that its prefix '@' announces");
        }
        return new ExecLine(first.substring(0, start), path, words);
    }

    /** Words as they stand in an assignment that is a list. */
    public static List<String> words(String value) throws UnitSyntaxException {
        var reader = new WordReader(value);
        var words = new ArrayList<String>();
        while (!reader.isAtEnd()) {
            words.add(reader.next().orElseThrow());
        }
        return List.copyOf(words);
    }

    /** The inverse of {@link #words(String)}. */
    public static String joined(List<String> words) {
        return words.stream().map(QuotedWord::of).collect(Collectors.joining(" "));
    }

    /** A word that systemd expands to {@code text}, whatever characters it has. */
    public String literal(String text) {
        var withoutSpecifiers = text.replace("%", "%%");
        return expandsVariables() ? withoutSpecifiers.replace("$", "$$") : withoutSpecifiers;
    }

    /** Whether systemd replaces variables in the words. */
    public boolean expandsVariables() {
        return !prefixes.contains(":");
    }

    /** The name by which the program is called. */
    public String name() {
        return hasName() ? words.getFirst() : path;
    }

    private boolean hasName() {
        return prefixes.contains("@");
    }

    /** The words after the name. */
    public List<String> arguments() {
        return hasName() ? words.subList(1, words.size()) : words;
    }

    /** The same command with other arguments. */
    public ExecLine withArguments(List<String> arguments) {
        var all = new ArrayList<>(hasName() ? words.subList(0, 1) : List.of());
        all.addAll(arguments);
        return new ExecLine(prefixes, path, all);
    }

    /** The value of an assignment, one word per line. */
    public String render() {
        return QuotedWord.of(prefixes + path)
                + words.stream().map(word -> NEXT_LINE + QuotedWord.of(word)).collect(Collectors.joining());
    }
}

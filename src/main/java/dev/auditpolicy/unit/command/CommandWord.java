package dev.auditpolicy.unit.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One argument as it stands in a unit, before systemd expands specifiers ({@code %i}) and variables.
 *
 * @param raw the unquoted word
 * @param expandsVariables whether systemd replaces variables in it
 */
public record CommandWord(String raw, boolean expandsVariables) {

    /**
     * Whether it becomes as many arguments as the value of its variable has words: {@code $ARGS}, but not {@code ${ARGS}}. systemd
     * drops quotes before it looks, so {@code "$ARGS"} is the same.
     */
    public boolean isSplit() {
        return expandsVariables && raw.startsWith("$") && !raw.startsWith("${") && !raw.startsWith("$$");
    }

    /** Whether only the process shows which flags it contains. */
    public boolean isOpaque() {
        return isSplit() || (mayBeFlag() && isExpanded(raw.split("=", 2)[0]));
    }

    private boolean mayBeFlag() {
        return raw.startsWith("-") || raw.startsWith("$") || raw.startsWith("%");
    }

    private boolean isExpanded(String text) {
        return parts(text).stream().anyMatch(Optional::isEmpty);
    }

    /** The argument that it becomes; empty if that depends on a variable or a specifier. */
    public Optional<String> text() {
        return isSplit() || isExpanded(raw)
                ? Optional.empty()
                : Optional.of(parts(raw).stream().flatMap(Optional::stream).collect(Collectors.joining()));
    }

    /** Whether {@code argument} may be what it has become; not for one that is split. */
    public boolean mayBecome(String argument) {
        var regex = parts(raw).stream()
                .map(part -> part.map(Pattern::quote).orElse(".*"))
                .collect(Collectors.joining());
        return Pattern.compile(regex, Pattern.DOTALL).matcher(argument).matches();
    }

    /** A text for each character that stays, and nothing for what is expanded. */
    private List<Optional<String>> parts(String text) {
        var parts = new ArrayList<Optional<String>>();
        var position = 0;
        while (position < text.length()) {
            var rest = text.substring(position);
            var end = rest.indexOf('}');
            if (rest.startsWith("%%") || (expandsVariables && rest.startsWith("$$"))) {
                parts.add(Optional.of(rest.substring(0, 1)));
                position += 2;
            } else if (rest.startsWith("%") && rest.length() > 1) {
                parts.add(Optional.empty());
                position += 2;
            } else if (expandsVariables && rest.startsWith("${") && end > 0) {
                parts.add(Optional.empty());
                position += end + 1;
            } else {
                parts.add(Optional.of(rest.substring(0, 1)));
                position++;
            }
        }
        return parts;
    }
}

package dev.auditpolicy.policy.lint.identity;

import dev.auditpolicy.policy.Nearest;
import dev.auditpolicy.policy.lint.fault.ValueFault;
import dev.auditpolicy.policy.lint.finding.FindingCode;
import dev.auditpolicy.policy.lint.finding.Phrases;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Finds names that are a letter or two away from one of Kubernetes' own. Names that begin with {@code system:} are reserved,
 * so two edits suffice; of other names, only one may differ.
 */
final class Misspelling {

    private static final String RESERVED = "system:";

    private Misspelling() {}

    /**
     * Compares a name with known ones, and the beginning of it with known beginnings.
     *
     * @param prefixes such as {@code system:node:}, which any name can follow
     */
    static Optional<ValueFault> of(String name, String what, Collection<String> known, List<String> prefixes) {
        if (known.contains(name)) {
            return Optional.empty();
        }
        boolean hasPrefix = prefixes.stream().anyMatch(name::startsWith);
        int edits = name.startsWith(RESERVED) && !hasPrefix ? 2 : 1;
        return Nearest.within(edits, name, known)
                .or(() -> hasPrefix ? Optional.empty() : withPrefix(name, prefixes))
                .map(meant -> ValueFault.misspelled(
                        FindingCode.WRONG_IDENTITY,
                        "Kubernetes has no " + what + " " + Phrases.quoted(name),
                        meant,
                        name.startsWith(RESERVED) && !hasPrefix));
    }

    /** The name with the correct beginning, if its own differs in one letter. */
    private static Optional<String> withPrefix(String name, List<String> prefixes) {
        for (var prefix : prefixes) {
            for (int length = prefix.length() - 1; length <= prefix.length() + 1; length++) {
                if (length < name.length() - 1
                        && Nearest.within(1, name.substring(0, length), List.of(prefix))
                                .isPresent()
                        && name.charAt(length - 1) == ':') {
                    return Optional.of(prefix + name.substring(length));
                }
            }
        }
        return Optional.empty();
    }
}

package dev.auditpolicy.policy.lint.value;

import dev.auditpolicy.policy.lint.finding.FindingCode;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Checks the form of namespace names; the empty name stands for requests without a namespace. */
public final class NamespaceCheck implements ValueCheck {

    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");

    @Override
    public Optional<ValueFault> check(String namespace) {
        if (namespace.isEmpty() || LABEL.matcher(namespace).matches()) {
            return Optional.empty();
        }
        if (namespace.contains("*")) {
            return Optional.of(ValueFault.noWildcard(
                    "namespaces",
                    namespace,
                    namespace.equals("*")
                            ? "remove namespaces: without it, every namespace matches"
                            : "list the namespaces"));
        }
        return Optional.of(
                LABEL.matcher(namespace.toLowerCase(Locale.ROOT)).matches()
                        ? ValueFault.upperCase(namespace)
                        : new ValueFault(
                                FindingCode.INVALID_NAMESPACE,
                                "\"" + namespace + "\" is not a valid namespace name",
                                "use lower-case letters, digits and '-', at most 63 characters"));
    }
}

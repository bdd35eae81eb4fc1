package dev.auditpolicy.policy.lint.value;

import dev.auditpolicy.policy.lint.fault.Remedy;
import dev.auditpolicy.policy.lint.fault.ValueCheck;
import dev.auditpolicy.policy.lint.fault.ValueFault;
import dev.auditpolicy.policy.lint.finding.FindingCode;
import java.util.List;
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
                    new Remedy.Advice(
                            namespace.equals("*")
                                    ? "remove namespaces: the rule then matches every namespace, and requests without one"
                                    : "list the namespaces")));
        }
        if (LABEL.matcher(namespace.toLowerCase(Locale.ROOT)).matches()) {
            return Optional.of(ValueFault.upperCase(namespace));
        }
        List<String> listed = Separated.split(namespace);
        return Optional.of(new ValueFault(
                FindingCode.INVALID_NAMESPACE,
                "\"" + namespace + "\" is not a valid namespace name",
                listed.size() > 1
                                && listed.stream()
                                        .allMatch(name -> LABEL.matcher(name).matches())
                        ? new Remedy.Replace(listed, "")
                        : new Remedy.Advice("use lower-case letters, digits and '-', at most 63 characters")));
    }
}

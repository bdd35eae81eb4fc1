package dev.auditpolicy.policy.lint.value;

import dev.auditpolicy.policy.LookAlikes;
import dev.auditpolicy.policy.lint.fault.Remedy;
import dev.auditpolicy.policy.lint.fault.ValueCheck;
import dev.auditpolicy.policy.lint.fault.ValueFault;
import dev.auditpolicy.policy.lint.finding.FindingCode;
import dev.auditpolicy.policy.lint.finding.Phrases;
import java.util.Optional;
import java.util.regex.Pattern;

/** Checks what no field may contain: characters that a reader takes for others, and placeholders that were not filled in. */
record TextCheck(ValueCheck ofField) implements ValueCheck {

    /** Of shells and Helm, of templates in documents and of sed: {@code $X}, {@code ${X}}, <code>{{ x }}</code>, {@code <x>}. */
    private static final Pattern PLACEHOLDER = Pattern.compile(
            "\\$\\{.*}|\\$\\(.*\\)|\\$[A-Za-z_]\\w+|\\{\\{.*}}|<[^<>]+>|__[A-Z][A-Z_]*__|@@?[A-Z][A-Z_]*@@?");

    @Override
    public Optional<ValueFault> check(String value) {
        return lookAlike(value).or(() -> placeholder(value)).or(() -> ofField.check(value));
    }

    private static Optional<ValueFault> lookAlike(String value) {
        String plain = LookAlikes.plain(value).strip();
        boolean hasSpace = !value.equals(value.strip());
        Optional<String> character = LookAlikes.describe(value)
                .or(() -> hasSpace ? Optional.of("a space at its start or end") : Optional.empty());
        return character.map(found -> new ValueFault(
                FindingCode.LOOK_ALIKE,
                Phrases.quoted(value) + " contains " + found + ", and is compared with it",
                plain.isEmpty() ? new Remedy.Remove("") : Remedy.use(plain)));
    }

    private static Optional<ValueFault> placeholder(String value) {
        return PLACEHOLDER.matcher(value).find()
                ? Optional.of(new ValueFault(
                        FindingCode.PLACEHOLDER,
                        Phrases.quoted(value) + " is a placeholder that was not filled in",
                        new Remedy.Advice("write the name that it stands for")))
                : Optional.empty();
    }
}

package dev.auditpolicy.policy.read;

import dev.auditpolicy.policy.LookAlikes;
import dev.auditpolicy.policy.Nearest;
import dev.auditpolicy.policy.PolicyProblem;
import dev.auditpolicy.policy.Quoted;
import dev.auditpolicy.policy.decode.DecodeFinding;
import dev.auditpolicy.policy.decode.DecodeFinding.DuplicateField;
import dev.auditpolicy.policy.decode.DecodeFinding.NullElement;
import dev.auditpolicy.policy.decode.DecodeFinding.UnknownField;
import dev.auditpolicy.policy.decode.DecodeFinding.WrongType;
import dev.auditpolicy.policy.decode.ExpectedType.Kind;
import dev.auditpolicy.policy.decode.ObjectType.Owner;
import dev.auditpolicy.policy.tree.DuplicateKey;
import dev.auditpolicy.policy.tree.Excerpt;
import dev.auditpolicy.policy.tree.Tree;
import java.util.List;

/** Describes a {@link DecodeFinding} and how to fix it. */
final class Remedies {

    private static final String LAST_ONE_WINS = "kube-apiserver uses the last one: remove the others";

    private Remedies() {}

    static PolicyProblem problem(DecodeFinding finding) {
        return new PolicyProblem(finding.path().text(), Excerpt.of(finding.value()), message(finding), remedy(finding));
    }

    static PolicyProblem problem(DuplicateKey duplicate) {
        return new PolicyProblem(duplicate.path().text(), "", "duplicate field", LAST_ONE_WINS);
    }

    static String message(DecodeFinding finding) {
        return switch (finding) {
            case UnknownField _ -> "unknown field";
            case DuplicateField _ -> "duplicate field";
            case WrongType wrong ->
                "expected " + wrong.expected().description() + ", found " + Excerpt.describe(wrong.value());
            case NullElement _ -> "null in a list";
        };
    }

    static String remedy(DecodeFinding finding) {
        return switch (finding) {
            case UnknownField unknown -> unknownField(unknown);
            case DuplicateField _ -> LAST_ONE_WINS;
            case WrongType wrong -> wrongType(wrong);
            case NullElement _ -> "remove it, or write \"\" if you mean the empty value";
        };
    }

    private static String unknownField(UnknownField unknown) {
        String name = unknown.field().name();
        List<String> known = unknown.type().fields();
        if (LookAlikes.describe(name).isPresent()) {
            return "write \"" + LookAlikes.plain(name).strip() + "\" in ordinary characters: the name contains "
                    + LookAlikes.describe(name).get();
        }
        return unknown.type().enclosing().stream()
                .filter(owner -> owner.fields().contains(name))
                .findFirst()
                .map(Remedies::moveUp)
                .or(() -> Nearest.to(name, known).map(nearest -> "did you mean \"" + nearest + "\"?"))
                .orElse("remove it; the fields here are " + String.join(", ", known));
    }

    private static String moveUp(Owner owner) {
        return "this is a field of " + (owner.path().text().isEmpty() ? "the policy" : owner.path())
                + ": move it there";
    }

    private static String wrongType(WrongType wrong) {
        Kind kind = wrong.expected().kind();
        return switch (wrong.value()) {
            case Tree.Text text
            when kind == Kind.LIST_OF_STRINGS -> "write it as a list: [" + Quoted.go(text.value()) + "]";
            case Tree.Text text when kind == Kind.BOOLEAN && isBoolean(text.value()) -> "write it without quotes";
            case Tree.Numeral number when kind == Kind.STRING -> "put it in quotes: \"" + number.literal() + "\"";
            case Tree.Bool _
            when kind == Kind.STRING ->
                "put the word in quotes; YAML reads unquoted y, n, yes, no, on, off, true and false as booleans";
            case Tree.Fields _
            when kind == Kind.LIST_OF_STRINGS || kind == Kind.LIST_OF_OBJECTS ->
                "begin each element of the list with \"- \"";
            case Tree.Text _, Tree.Numeral _, Tree.Bool _, Tree.Items _, Tree.Fields _, Tree.Null _ ->
                "write " + wrong.expected().description();
        };
    }

    private static boolean isBoolean(String text) {
        return List.of("true", "false").contains(text);
    }
}

package dev.auditpolicy.policy.read;

import dev.auditpolicy.policy.PolicyProblem;
import dev.auditpolicy.policy.tree.Tree;
import dev.auditpolicy.policy.yaml.Document;
import java.util.Optional;

/** Says of a document that nobody meant as a policy what it is: kube-apiserver's words are about its own types. */
final class WrongKind {

    private WrongKind() {}

    /** Empty for a document that may be a policy with a wrong type. */
    static Optional<PolicyProblem> of(Document document) {
        if (document.root() instanceof Tree.Null) {
            return Optional.of(new PolicyProblem(
                    "", "", "the file is empty", "write an audit.k8s.io/v1 Policy with at least one rule"));
        }
        TypeMeta type = TypeMeta.of(document.root());
        return TextKind.of(document) == TextKind.OTHER_OBJECT && !type.kind().equals("Policy")
                ? Optional.of(new PolicyProblem(
                        "kind",
                        "",
                        "this " + type.kind() + " (" + type.apiVersion() + ") neither is nor contains an audit policy",
                        remedy(type)))
                : Optional.empty();
    }

    private static String remedy(TypeMeta type) {
        return type.kind().equals("Pod")
                ? "give the file that its flag --audit-policy-file names; the command import reads the flags of a manifest"
                : "give an audit.k8s.io/v1 Policy, an AuditPolicy, or an object with one of them in a key";
    }
}

package dev.auditpolicy.agent.plan;

import dev.auditpolicy.agent.node.NodeSnapshot;
import dev.auditpolicy.agent.node.Verification;
import dev.auditpolicy.api.v1alpha1.AuditNodeSpec;
import dev.auditpolicy.manifest.flags.AuditFlags;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the live kube-apiserver runs at the end of a turn.
 *
 * @param policy the text of the file that it has mounted at the path of ours; empty if its flags name no such file
 * @param flags its audit flags, and no others
 */
public record Goal(AuditNodeSpec spec, Optional<String> policy, Map<String, String> flags) {

    public Goal {
        flags = Map.copyOf(flags);
    }

    /** What a turn brings to the node that writes its files. */
    public static Goal of(AuditNodeSpec spec) {
        return new Goal(spec, Optional.of(spec.policy()), AuditFlags.of(spec));
    }

    public Verification verify(NodeSnapshot node) {
        var verification = Verification.of(policy, flags, node);
        // What becomes of somebody else's log was so before.
        return isRecorded()
                ? verification
                : new Verification(verification.configuration(), List.of(), verification.service(), false);
    }

    /** Whether kube-apiserver then has a policy that this operator has written, so that its log can be checked. */
    public boolean isRecorded() {
        return !spec.restores();
    }
}

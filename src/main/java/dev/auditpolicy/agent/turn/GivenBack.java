package dev.auditpolicy.agent.turn;

import dev.auditpolicy.agent.node.NodeContext;
import dev.auditpolicy.agent.plan.HostPlanner;
import dev.auditpolicy.api.v1alpha1.AuditNodeSpec;
import java.io.IOException;

/**
 * The files of this operator that a node does not need when its kube-apiserver runs without it: the policy, and what was kept for
 * giving back. The journal stays: it has the ids of used turns.
 */
final class GivenBack {

    private final NodeContext node;
    private final HostPlanner planner;

    GivenBack(NodeContext node, HostPlanner planner) {
        this.node = node;
        this.planner = planner;
    }

    /** @param written what this operator had on the node; a policy file with other bytes is somebody else's */
    void deleteFilesOf(AuditNodeSpec written) throws IOException {
        var path = node.paths().policy();
        var policy = node.files().read(path);
        var originals = new OriginalFiles(node.files());
        if (policy.filter(file -> file.text().equals(written.policy())).isPresent()
                && !planner.needsPolicy(node.observer().observe())) {
            var before = originals.policy();
            if (before.isPresent()) {
                node.files().replace(path, policy, before.get());
            } else {
                node.files().delete(path, policy.get());
            }
        }
        originals.delete();
        if (!node.host().restartsOnChange()) {
            node.files().deleteEmptyDirectoryOf(node.paths().configuration());
        }
    }
}

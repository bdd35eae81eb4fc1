package dev.auditpolicy.e2e;

import dev.auditpolicy.lab.Lab;
import java.util.List;

/** What is on a node's disk after a fault. */
record Disk(Lab lab, String node) {

    private static final String KNOWN_MANIFESTS =
            "etcd.yaml|kube-apiserver.yaml|kube-controller-manager.yaml|kube-scheduler.yaml";

    /** Files that stay for as long as the operator manages the node. */
    private static final String KNOWN_STATE = "journal.json|lock|guard|guard.lock|original-.*";

    /** Files of the operator that should be gone, and a guard that still runs. */
    List<String> left() {
        var script = """
                find /etc/kubernetes -name '.*'
                ls -A /etc/kubernetes/manifests | grep -vxE '%s'
                ls -A /var/lib/auditpolicy | grep -vxE '%s'
                pgrep -af '[q]uarkus-run.jar guard'
                true""".formatted(KNOWN_MANIFESTS, KNOWN_STATE);
        return lab.exec(node, "sh", "-c", script).lines().toList();
    }

    /** The audit flags in which the manifest and the live kube-apiserver differ. */
    String flagDifferences() {
        return lab.exec(node, "sh", "-c", """
                grep -o -- '--audit-[^ "]*' %s | sort > /tmp/manifest
                tr '\\0' '\\n' < /proc/$(pgrep -nx kube-apiserver)/cmdline | grep ^--audit- | sort | diff /tmp/manifest - || true
                """.formatted(FaultSite.MANIFEST)).strip();
    }

    String hashOfPolicy() {
        return lab.exec(node, "sh", "-c", "sha256sum < /etc/kubernetes/audit-policy.yaml | cut -d' ' -f1")
                .strip();
    }
}

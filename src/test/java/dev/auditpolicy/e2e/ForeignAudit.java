package dev.auditpolicy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auditpolicy.lab.Lab;

/** Auditing that somebody else has configured on a node, in the manifest of kubeadm. */
final class ForeignAudit {

    private static final String MANIFEST = "/etc/kubernetes/manifests/kube-apiserver.yaml";
    private static final String OUR_POLICY = "/etc/kubernetes/audit-policy.yaml";
    private static final String POLICY_TEXT =
            "apiVersion: audit.k8s.io/v1\nkind: Policy\nrules:\n- level: Request\n  verbs: [delete]\n";

    private final Operator operator;
    private final Lab lab;
    private final String node;
    private String unaudited = "";

    ForeignAudit(Operator operator, String node) {
        this.operator = operator;
        this.lab = operator.lab();
        this.node = node;
    }

    /** Where auditing is configured, in the manifest and outside it. */
    enum Layout {
        /** The policy in a directory that kubeadm's manifest mounts, and the log in a directory with another path on the host. */
        OWN_PATHS("/etc/kubernetes/pki/audit-by-hand.yaml", """
                    - {name: by-hand, mountPath: /var/log/audit.d}
                """, """
                  - name: by-hand
                    hostPath: {path: /var/log/kubernetes/by-hand, type: DirectoryOrCreate}
                """, "/var/log/audit.d/audit.log"),
        /** As the Kubernetes documentation has it, with the log's directory mounted: the paths that the operator uses, too. */
        DOCUMENTED(OUR_POLICY, """
                    - mountPath: /etc/kubernetes/audit-policy.yaml
                      name: audit
                      readOnly: true
                    - mountPath: /var/log/kubernetes/audit
                      name: audit-log
                      readOnly: false
                """, """
                  - name: audit
                    hostPath:
                      path: /etc/kubernetes/audit-policy.yaml
                      type: File
                  - name: audit-log
                    hostPath:
                      path: /var/log/kubernetes/audit
                      type: DirectoryOrCreate
                """, AuditPolicies.LOG);

        private final String policy;
        private final String mounts;
        private final String volumes;
        private final String log;

        Layout(String policy, String mounts, String volumes, String log) {
            this.policy = policy;
            this.mounts = mounts;
            this.volumes = volumes;
            this.log = log;
        }

        private String addedTo(String manifest) {
            return manifest.replace(
                            "    - --secure-port=6443\n",
                            "    - --secure-port=6443\n    - --audit-policy-file=" + policy
                                    + "\n    - --audit-log-path=" + log + "\n    - --audit-log-maxage=7\n")
                    .replace("    volumeMounts:\n", "    volumeMounts:\n" + mounts)
                    .replace("  volumes:\n", "  volumes:\n" + volumes);
        }
    }

    /** The manifest that kubelet runs. */
    String manifest() {
        return lab.readFile(node, MANIFEST);
    }

    /** The policy file at the path that the operator uses, too; empty if there is none. */
    String policyAtOurPath() {
        return lab.exec(node, "sh", "-c", "cat " + OUR_POLICY + " 2> /dev/null || true");
    }

    void configure(Layout layout) {
        unaudited = manifest();
        lab.writeFile(node, layout.policy, POLICY_TEXT);
        replaceManifest(layout.addedTo(manifest()));
    }

    /** Ends what {@link #configure} began, on a node that the operator no longer manages. */
    void remove() {
        replaceManifest(unaudited);
        lab.exec(node, "rm", "-f", OUR_POLICY);
    }

    /** Deletes the AuditPolicy, and takes the operator's parts out of this node. */
    void stopManaging() {
        lab.kubectl("delete", "auditpolicy", "cluster", "--ignore-not-found");
        restore();
    }

    /** Takes the operator's parts out of the node, as docs/runbook.md has a user do it. */
    void restore() {
        operator.installCommandOn(node);
        lab.exec(node, "auditpolicy", "restore");
        lab.exec(node, "auditpolicy", "hold", "--release");
    }

    /** Writes the manifest, and waits until kube-apiserver runs it. */
    void replaceManifest(String text) {
        if (manifest().equals(text)) {
            return;
        }
        var before = operator.apiServer(node);
        lab.writeFile(node, MANIFEST, text);
        operator.await("kubelet restarts kube-apiserver", operator.rolloutLimit())
                .untilAsserted(() -> {
                    assertThat(operator.apiServer(node)).isNotEmpty().isNotEqualTo(before);
                    assertThat(lab.isReady(node)).isTrue();
                });
    }
}

package dev.auditpolicy.agent.turn;

import dev.auditpolicy.api.v1alpha1.LogBackend;
import dev.auditpolicy.journal.FileImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** What is on a node before the operator first changes it. */
enum NodeLayout {
    /** As kubeadm writes it, without audit flags. */
    PLAIN,
    /** With a kube-apiserver that does not run as root. */
    NOT_ROOT,
    /** As the Kubernetes documentation describes it: the policy is where ours will be. */
    DOCUMENTED,
    /** The policy and the log are in directories of their own, which stay mounted. */
    ELSEWHERE,
    /** As documented, and in other words what {@link #MEANT} and {@link #LOG_MEANT} mean. */
    SAME_MEANING;

    /** A policy of an AuditPolicy. */
    static final String MEANT = "apiVersion: audit.k8s.io/v1\nkind: Policy\nrules:\n- level: Metadata\n";

    static final LogBackend LOG_MEANT =
            new LogBackend("/var/log/kubernetes/audit/audit.log", 30, 10, 100, null, null, null, null, null);

    private static final String IN_OTHER_WORDS =
            "# theirs\nkind: Policy\napiVersion: audit.k8s.io/v1\nrules: [{level: Metadata, users: []}]\n";

    private static final String MOUNTS = "    volumeMounts:\n";
    private static final String VOLUMES = "  volumes:\n";
    private static final String FIRST_FLAG = "    - --advertise-address=";

    SimulatedNode node() throws IOException {
        return new SimulatedNode(manifest(), files());
    }

    private String manifest() {
        return switch (this) {
            case PLAIN -> kubeadm();
            case NOT_ROOT -> kubeadm().replace("\n  securityContext:\n", """

                          securityContext:
                            runAsGroup: 2001
                            runAsUser: 2000
                        """);
            case SAME_MEANING ->
                DOCUMENTED
                        .manifest()
                        .replace(
                                "    - --audit-log-maxage=7\n",
                                "    - --audit_log_maxage=0x1e\n    - --audit-log-maxbackup\n    - \"10\"\n");
            case DOCUMENTED ->
                audited("/etc/kubernetes/audit-policy.yaml", "/var/log/kubernetes/audit/audit.log")
                        .replace(MOUNTS, """
                                    volumeMounts:
                                    - mountPath: /etc/kubernetes/audit-policy.yaml
                                      name: audit
                                      readOnly: true
                                    - mountPath: /var/log/kubernetes/audit/
                                      name: audit-log
                                """)
                        .replace(VOLUMES, """
                                  volumes:
                                  - name: audit
                                    hostPath:
                                      path: /etc/kubernetes/audit-policy.yaml
                                      type: File
                                  - name: audit-log
                                    hostPath: {path: /var/log/kubernetes/audit/, type: DirectoryOrCreate}
                                """);
            case ELSEWHERE ->
                audited("/etc/kubernetes/policies/audit.yaml", "/var/log/old/audit.log")
                        .replace(MOUNTS, """
                                    volumeMounts:
                                    - mountPath: /etc/kubernetes/policies
                                      name: policies
                                    - mountPath: /var/log
                                      name: logs
                                """)
                        .replace(VOLUMES, """
                                  volumes:
                                  - hostPath:
                                      path: /etc/kubernetes/policies
                                    name: policies
                                  - hostPath:
                                      path: /var/log
                                    name: logs
                                """);
        };
    }

    private Map<String, FileImage> files() {
        return switch (this) {
            case PLAIN, NOT_ROOT -> Map.of();
            case DOCUMENTED -> Map.of("/etc/kubernetes/audit-policy.yaml", new FileImage("theirs", 0, 0, 0640));
            case SAME_MEANING -> Map.of("/etc/kubernetes/audit-policy.yaml", new FileImage(IN_OTHER_WORDS, 0, 0, 0640));
            case ELSEWHERE -> Map.of("/etc/kubernetes/policies/audit.yaml", new FileImage("theirs", 0, 0, 0644));
        };
    }

    private static String audited(String policy, String log) {
        return kubeadm()
                .replace(
                        FIRST_FLAG,
                        "    - --audit-policy-file=" + policy + "\n    - --audit-log-path=" + log
                                + "\n    - --audit-log-maxage=7\n" + FIRST_FLAG);
    }

    private static String kubeadm() {
        try {
            return Files.readString(Path.of("src/test/resources/dev/auditpolicy/manifest/golden/kubeadm-1.36/in.yaml"));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}

package dev.auditpolicy.agent.plan;

import dev.auditpolicy.agent.node.NodeSnapshot;
import dev.auditpolicy.host.log.LogFile;
import dev.auditpolicy.host.process.ApiServerProcess;
import dev.auditpolicy.host.process.ProcessUser;
import dev.auditpolicy.journal.FileImage;
import dev.auditpolicy.manifest.KubeApiServerManifest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A node with the manifest of kubeadm, to which somebody has added auditing at the operator's own paths. Its kube-apiserver runs what is
 * on the disk.
 */
record AuditedNode(String manifest, String policy) {

    static final Instant STARTED = Instant.parse("2026-01-01T00:00:00Z");

    private static final String FIRST_FLAG = "    - --advertise-address=";

    static AuditedNode with(String policy, List<String> flags) {
        return with(policy, kubeadm(), flags);
    }

    /** @param flags arguments with their indentation, in addition to the paths */
    static AuditedNode with(String policy, String plain, List<String> flags) {
        var all = new ArrayList<>(List.of(
                "--audit-policy-file=/etc/kubernetes/audit-policy.yaml",
                "--audit-log-path=/var/log/kubernetes/audit/audit.log"));
        all.addAll(flags);
        var lines = new StringBuilder();
        all.forEach(flag -> lines.append("    - ").append(flag).append('\n'));
        return new AuditedNode(
                plain.replace(FIRST_FLAG, lines + FIRST_FLAG)
                        .replace("    volumeMounts:\n", """
                                    volumeMounts:
                                    - mountPath: /etc/kubernetes/audit-policy.yaml
                                      name: audit
                                      readOnly: true
                                    - mountPath: /var/log/kubernetes/audit
                                      name: audit-log
                                      readOnly: false
                                """)
                        .replace("  volumes:\n", """
                                  volumes:
                                  - hostPath:
                                      path: /etc/kubernetes/audit-policy.yaml
                                      type: File
                                    name: audit
                                  - hostPath:
                                      path: /var/log/kubernetes/audit
                                      type: DirectoryOrCreate
                                    name: audit-log
                                """),
                policy);
    }

    static String kubeadm() {
        try {
            return Files.readString(Path.of("src/test/resources/dev/auditpolicy/manifest/golden/kubeadm-1.36/in.yaml"));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    AuditedNode replace(String part, String other) {
        if (!manifest.contains(part)) {
            throw new IllegalArgumentException(part + " is not in the manifest");
        }
        return new AuditedNode(manifest.replace(part, other), policy);
    }

    FileImage manifestFile() {
        return FileImage.rootOnly(manifest);
    }

    FileImage policyFile() {
        return new FileImage(policy, 0, 0, 0640);
    }

    ApiServerProcess process() {
        var parsed = KubeApiServerManifest.parse(manifest).supported().orElseThrow();
        return new ApiServerProcess(7, 7, STARTED, "0".repeat(32), ProcessUser.ROOT, parsed.argv());
    }

    NodeSnapshot live() {
        return live(policy, STARTED.minusSeconds(60), new LogFile.InPlace(), process());
    }

    NodeSnapshot live(String mounted, Instant policyTouchedAt, LogFile log, ApiServerProcess process) {
        return new NodeSnapshot(
                Optional.of(manifestFile()),
                Optional.of(policyFile()),
                List.of(process),
                Optional.of(mounted),
                Optional.empty(),
                Optional.empty(),
                log,
                Optional.of(policyTouchedAt),
                Optional.empty(),
                Optional.empty());
    }

    NodeSnapshot down() {
        return new NodeSnapshot(
                Optional.of(manifestFile()),
                Optional.of(policyFile()),
                List.of(),
                Optional.empty(),
                Optional.of("it does not run"),
                Optional.empty(),
                new LogFile.NotOpen(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }
}

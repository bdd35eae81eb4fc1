package dev.auditpolicy.agent.turn;

import dev.auditpolicy.journal.OriginalPaths;
import dev.auditpolicy.journal.Originals;
import dev.auditpolicy.manifest.KubeApiServerManifest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Names the files of a replaced audit configuration. The operator writes the policy at its own path, and touches no other. */
final class ReplacedFiles {

    private static final List<Map.Entry<String, String>> FILES = List.of(
            Map.entry("audit-log-path", "its log"),
            Map.entry("audit-policy-file", "its policy"),
            Map.entry("audit-webhook-config-file", "the kubeconfig of its webhook, which gets no more events,"));

    private ReplacedFiles() {}

    /** @param ownPolicy the path of this operator's policy file */
    static String describe(Originals originals, String ownPolicy) {
        if (originals.areKept()) {
            return "took over the audit configuration that was on this node as it is, because it means the same: no file was"
                    + " changed, and kube-apiserver did not restart";
        }
        var files = KubeApiServerManifest.parse(originals.manifest().text())
                .supported()
                .map(manifest -> describe(manifest, ownPolicy))
                .orElse("");
        return "replaced the audit configuration that was on this node" + (files.isEmpty() ? "" : ": " + files);
    }

    private static String describe(KubeApiServerManifest manifest, String ownPolicy) {
        return FILES.stream()
                .flatMap(file -> describe(manifest, file.getKey(), file.getValue(), ownPolicy))
                .collect(Collectors.joining("; "));
    }

    private static Stream<String> describe(KubeApiServerManifest manifest, String flag, String name, String ownPolicy) {
        return Optional.ofNullable(manifest.flags().get(flag)).filter(path -> path.startsWith("/")).stream()
                .map(path -> manifest.hostPath(path)
                        .map(host -> name
                                + (host.equals(ownPolicy)
                                        ? " was in " + host + ", and a copy of it is in " + OriginalPaths.POLICY
                                        : " stays in " + host + " on the node"))
                        .orElse(name + " was in " + path + " of the container, in no directory of the node"));
    }
}

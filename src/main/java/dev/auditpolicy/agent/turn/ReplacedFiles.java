package dev.auditpolicy.agent.turn;

import dev.auditpolicy.journal.FileImage;
import dev.auditpolicy.journal.OriginalPaths;
import dev.auditpolicy.journal.Originals;
import dev.auditpolicy.manifest.KubeApiServerManifest;
import dev.auditpolicy.unit.command.DropIn;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Names the files of a replaced audit configuration. The operator writes the policy at its own path, and touches no other. */
final class ReplacedFiles {

    private static final String ENDED = ", which gets no more events,";
    private static final String WEBHOOK = "audit-webhook-config-file";

    /** By flag. */
    private static final List<Map.Entry<String, String>> FILES = List.of(
            Map.entry("audit-log-path", "its log"),
            Map.entry("audit-policy-file", "its policy"),
            Map.entry(WEBHOOK, "the kubeconfig of its webhook" + ENDED));

    private ReplacedFiles() {}

    /**
     * Describes them for the status.
     *
     * @param written the manifest or drop-in that replaces them
     * @param ownPolicy the path of this operator's policy file
     */
    static String describe(Originals originals, Optional<FileImage> written, String ownPolicy) {
        if (originals.areKept()) {
            return "took over the audit configuration that was on this node as it is, because it means the same: no file was"
                    + " changed, and kube-apiserver did not restart";
        }
        var files = KubeApiServerManifest.parse(originals.manifest().text())
                .supported()
                .map(manifest -> describe(manifest, ownPolicy))
                .or(() -> dropIn(written).map(dropIn -> describe(dropIn, ownPolicy)))
                .orElse("");
        return "replaced the audit configuration that was on this node"
                + (files.isEmpty() ? "" : ": " + (hasWebhook(written) ? files.replace(ENDED, "") : files));
    }

    private static boolean hasWebhook(Optional<FileImage> written) {
        return written.flatMap(file -> KubeApiServerManifest.parse(file.text()).supported())
                        .filter(manifest -> manifest.flags().containsKey(WEBHOOK))
                        .isPresent()
                || dropIn(written)
                        .filter(dropIn -> dropIn.flags().containsKey(WEBHOOK))
                        .isPresent();
    }

    private static Optional<DropIn> dropIn(Optional<FileImage> written) {
        return written.flatMap(file -> DropIn.read(file.text()).marks());
    }

    private static String describe(KubeApiServerManifest manifest, String ownPolicy) {
        return FILES.stream()
                .flatMap(file -> describe(manifest, file.getKey(), file.getValue(), ownPolicy))
                .collect(Collectors.joining("; "));
    }

    private static Stream<String> describe(KubeApiServerManifest manifest, String flag, String name, String ownPolicy) {
        return Optional.ofNullable(manifest.flags().get(flag)).filter(path -> path.startsWith("/")).stream()
                .map(path -> manifest.hostPath(path)
                        .map(host -> onHost(name, host, ownPolicy))
                        .orElse(name + " was in " + path + " of the container, in no directory of the node"));
    }

    private static String describe(DropIn dropIn, String ownPolicy) {
        return FILES.stream()
                .flatMap(file -> Optional.ofNullable(dropIn.replaced().get(file.getKey()))
                        .filter(path -> path.startsWith("/"))
                        .map(path -> onHost(file.getValue(), path, ownPolicy))
                        .stream())
                .collect(Collectors.joining("; "));
    }

    private static String onHost(String name, String path, String ownPolicy) {
        return name
                + (path.equals(ownPolicy)
                        ? " was in " + path + ", and a copy of it is in " + OriginalPaths.POLICY
                        : " stays in " + path + " on the node");
    }
}

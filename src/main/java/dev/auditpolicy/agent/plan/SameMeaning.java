package dev.auditpolicy.agent.plan;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.auditpolicy.agent.node.NodePaths;
import dev.auditpolicy.agent.node.NodeSnapshot;
import dev.auditpolicy.api.v1alpha1.AuditNodeSpec;
import dev.auditpolicy.host.log.LogFile;
import dev.auditpolicy.host.process.ApiServerProcess;
import dev.auditpolicy.journal.FileImage;
import dev.auditpolicy.manifest.KubeApiServerManifest;
import dev.auditpolicy.manifest.flags.AuditFlags;
import dev.auditpolicy.manifest.flags.EffectiveFlags;
import dev.auditpolicy.manifest.flags.Flags;
import dev.auditpolicy.policy.KubernetesVersion;
import dev.auditpolicy.policy.read.PolicyFileReading;
import dev.auditpolicy.policy.read.PolicyTextReader;
import dev.auditpolicy.policy.write.Revision;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Whether the live kube-apiserver, and the next one that starts from the same files, record what a spec says, with policy and log
 * where a turn would have them. The journal may have that of the live one already; then only the files must still be the same. Whatever is in doubt is another meaning: a needless restart costs seconds, and a mistake would leave the cluster unaudited.
 */
record SameMeaning(NodePaths paths, NodeSnapshot node, Ownership ownership) {

    /** The start of a process is computed from the boot time, which has whole seconds. */
    private static final Duration CLOCK_ERROR = Duration.ofSeconds(2);

    boolean isThatOf(AuditNodeSpec spec, KubeApiServerManifest manifest) {
        var flags = Flags.of(manifest.argv()).audit();
        var log = spec.log();
        return ImageVersion.of(manifest.image())
                .filter(version -> meansThatOf(spec, flags, version)
                        && log != null
                        && manifest.servesAsOurs(paths.policy(), log.path())
                        && (ownership.hasKept(spec, flags, node.policy())
                                || (isLive(flags) && hasSamePolicy(spec, version))))
                .isPresent();
    }

    /** Flags of a webhook differ: its kubeconfig is at another path. */
    private boolean meansThatOf(AuditNodeSpec spec, Map<String, String> flags, KubernetesVersion version) {
        var rotatesByDefault = version.isAtLeast(1, 36);
        return paths.policy().equals(flags.get("audit-policy-file"))
                && EffectiveFlags.of(flags, rotatesByDefault)
                        .equals(EffectiveFlags.of(AuditFlags.of(spec), rotatesByDefault));
    }

    private boolean isLive(Map<String, String> flags) {
        return node.flags().audit().equals(flags) && isLogInPlace() && isLoadedPolicy();
    }

    private boolean isLogInPlace() {
        return switch (node.log()) {
            case LogFile.InPlace _, LogFile.NotOpen _ -> true;
            case LogFile.Lost _, LogFile.NotWritable _ -> false;
        };
    }

    /** A file that was edited in place shows other rules than those that the process has loaded. */
    private boolean isLoadedPolicy() {
        var started = node.newest().map(ApiServerProcess::startedAt);
        return policy().isPresent()
                && policy().equals(node.mountedPolicy())
                && node.policyTouchedAt()
                        .map(touched -> touched.plus(CLOCK_ERROR))
                        .filter(touched -> started.filter(touched::isBefore).isPresent())
                        .isPresent();
    }

    private boolean hasSamePolicy(AuditNodeSpec spec, KubernetesVersion version) {
        var here = policy().orElseThrow();
        return here.equals(spec.policy())
                || meaning(here, version)
                        .filter(meaning -> meaning(spec.policy(), version)
                                .filter(meaning::equals)
                                .isPresent())
                        .isPresent();
    }

    private Optional<String> policy() {
        return node.policy().map(FileImage::text);
    }

    private static Optional<String> meaning(String text, KubernetesVersion version) {
        return switch (new PolicyTextReader(version).read(text.getBytes(UTF_8))) {
            case PolicyFileReading.Loaded loaded -> Optional.of(Revision.of(loaded.policy(), null));
            case PolicyFileReading.InvalidFile _ -> Optional.empty();
        };
    }
}

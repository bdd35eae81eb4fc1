package dev.auditpolicy.agent.turn;

import static java.util.Objects.requireNonNull;

import dev.auditpolicy.agent.node.NodeContext;
import dev.auditpolicy.agent.node.NodeSnapshot;
import dev.auditpolicy.agent.node.Verification;
import dev.auditpolicy.api.v1alpha1.AuditNodeSpec;
import dev.auditpolicy.api.v1alpha1.Level;
import dev.auditpolicy.api.v1alpha1.Policy;
import dev.auditpolicy.api.v1alpha1.PolicyRule;
import dev.auditpolicy.host.file.NodeFiles.ChangedMeanwhileException;
import dev.auditpolicy.journal.FileImage;
import dev.auditpolicy.journal.Journal.Images;
import dev.auditpolicy.journal.Journal.OpenTurn;
import dev.auditpolicy.manifest.KubeApiServerManifest;
import dev.auditpolicy.manifest.ManifestPlanner;
import dev.auditpolicy.manifest.Plan;
import dev.auditpolicy.manifest.flags.DesiredAuditConfig;
import dev.auditpolicy.manifest.flags.Flags;
import dev.auditpolicy.policy.write.PolicyWriter;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes a change back. First the present pod is made to start, by the policy file that its command line names; the
 * manifest follows once the API server answers, because a pod of another UID never starts while kubelet, restarted in
 * the meantime, has not reached an API server. Where kubelet was not restarted, and no other policy file would make the
 * present pod start, the manifest goes back at once. Bytes are restored only over bytes that are exactly ours.
 */
final class Rollback {

    private static final Logger LOG = LoggerFactory.getLogger(Rollback.class);

    /** kubelet's first back-off is 10 s; a pod that has not started by then needs more than another policy file. */
    private static final Duration PRESENT_POD_STARTS = Duration.ofSeconds(13);

    private final NodeContext node;
    private final Permission permission;
    private final ManifestPlanner manifests = new ManifestPlanner();

    Rollback(NodeContext node, Permission permission) {
        this.node = requireNonNull(node, "node is null");
        this.permission = requireNonNull(permission, "permission is null");
    }

    /** Asked before each step; throws when it may not be done. */
    @FunctionalInterface
    interface Permission {
        void check() throws IOException;
    }

    /** Whether the node's kube-apiserver was proven to run what it ran before the turn. */
    boolean run(OpenTurn open, Optional<AuditNodeSpec> proven) throws InterruptedException, IOException {
        var images = open.images();
        var drain = ShutdownGracePeriod.of(open.spec(), node.observer().observe());
        var kubeletStops = !images.manifestAfter().equals(images.manifestBefore());
        var restart = new Restart(node.processes(), node.clock(), drain, kubeletStops);
        var begun = node.clock().instant();
        var deadline = begun.plus(drain).plusSeconds(open.spec().verifyTimeoutSeconds());
        var flags = flagsBefore(images);
        var policy = policyBefore(images, flags);
        var wedge = new StuckKubeletRecovery(node.programs(), node.clock(), Instant.parse(open.beganAt()));
        var looks = new ChangeApplier.StableReadiness();
        while (node.clock().instant().isBefore(deadline)) {
            permission.check();
            var seen = node.observer().observe();
            restore(open, proven, seen, begun);
            var verification = Verification.of(policy, flags, seen);
            if (looks.enough(verification)) {
                clear(images, seen);
                return true;
            }
            restart.step(ChangeApplier.stale(seen, verification), seen.ready());
            if (!seen.manifest().equals(Optional.of(images.manifestAfter()))) {
                wedge.step(seen);
            }
            node.pause().of(ChangeApplier.StableReadiness.INTERVAL);
        }
        return false;
    }

    private void restore(OpenTurn open, Optional<AuditNodeSpec> proven, NodeSnapshot seen, Instant begun)
            throws IOException {
        var images = open.images();
        try {
            if (seen.policy().filter(images.policyAfter()::equals).isPresent()) {
                var restored = Optional.ofNullable(images.policyBefore()).orElseGet(Rollback::standIn);
                if (!restored.equals(images.policyAfter())) {
                    node.files().replace(node.paths().policy(), seen.policy(), restored);
                    LOG.atInfo().log("Policy file taken back");
                }
            }
            if (seen.ready()
                    || policyIsUnchanged(images)
                    || presentPodIsLost(open, seen)
                    || presentPodHadItsTime(begun)) {
                restoreManifest(images, proven, seen);
            }
        } catch (ChangedMeanwhileException theirs) {
            LOG.atInfo().addKeyValue("reason", theirs.getMessage()).log("Looking again before taking back");
        }
    }

    private static boolean policyIsUnchanged(Images images) {
        return images.policyAfter().equals(images.policyBefore());
    }

    /** Another policy file does not help where kube-apiserver ended for another reason, or was never started. */
    private boolean presentPodIsLost(OpenTurn open, NodeSnapshot seen) throws IOException {
        return seen.processes().isEmpty()
                && open.rollback().filter(reason -> !reason.contains("policy")).isPresent()
                && node.programs()
                        .kubeletStartedAt()
                        .filter(Instant.parse(open.beganAt())::isBefore)
                        .isEmpty();
    }

    private boolean presentPodHadItsTime(Instant begun) {
        return node.clock().instant().isAfter(begun.plus(PRESENT_POD_STARTS));
    }

    private void restoreManifest(Images images, Optional<AuditNodeSpec> proven, NodeSnapshot seen) throws IOException {
        if (seen.manifest().isEmpty()) {
            return;
        }
        var now = seen.manifest().get();
        var restored = now.equals(images.manifestAfter())
                ? images.manifestBefore()
                : now.withText(withoutOurs(now.text(), images, proven));
        if (!restored.equals(now)) {
            node.files().replace(node.paths().manifest(), seen.manifest(), restored);
            LOG.atInfo().log("Manifest taken back");
        }
    }

    /** Somebody has changed the manifest since: on theirs, only what is ours goes back. */
    private String withoutOurs(String text, Images images, Optional<AuditNodeSpec> proven) {
        if (text.equals(images.manifestBefore().text())) {
            return text;
        }
        var plan = proven.map(spec -> manifests.plan(text, DesiredAuditConfig.of(spec.log(), spec.revision())))
                .orElseGet(() -> manifests.planRemoval(text));
        return switch (plan) {
            case Plan.Patched patched -> patched.text();
            case Plan.Unchanged _, Plan.Unpatchable _ -> text;
        };
    }

    /** A node that had no policy file gets rid of the one that let the present pod start. */
    private void clear(Images images, NodeSnapshot seen) throws IOException {
        if (images.policyBefore() == null
                && seen.policy().filter(standIn()::equals).isPresent()) {
            node.files().delete(node.paths().policy(), standIn());
        }
    }

    private static Optional<String> policyBefore(Images images, Map<String, String> flags) {
        return Optional.ofNullable(images.policyBefore())
                .filter(_ -> flags.containsKey("audit-policy-file"))
                .map(FileImage::text);
    }

    private static Map<String, String> flagsBefore(Images images) {
        return switch (KubeApiServerManifest.parse(images.manifestBefore().text())) {
            case KubeApiServerManifest.UnsupportedManifest _ -> Map.of();
            case KubeApiServerManifest.Parsed(KubeApiServerManifest manifest) ->
                Flags.of(manifest.argv()).audit();
        };
    }

    /** A policy that every kube-apiserver loads, for a pod whose command line names a file that was not there before. */
    private static FileImage standIn() {
        var nothing = new PolicyRule(Level.NONE, null, null, null, null, null, null, null, null);
        return FileImage.rootOnly(PolicyWriter.write(new Policy(null, null, List.of(nothing))));
    }
}
